# The front door on PowerShell: ./build.ps1 --target=T [options]. Compiles when sources are newer than the last build, then runs the host.
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$version = (Get-Content "$root/global.json" -Raw | ConvertFrom-Json).sdk.version
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Write-Host "build.ps1: the .NET SDK is missing. Install version $version or later: https://dot.net/download"
    exit 3
}
$stamp = "$root/artifacts/host/compiled"
$newest = Get-ChildItem "$root/src", "$root/build", "$root/global.json", "$root/Directory.Build.props", "$root/Directory.Packages.props" -Recurse -File |
    Sort-Object LastWriteTimeUtc | Select-Object -Last 1
if (-not (Test-Path $stamp) -or $newest.LastWriteTimeUtc -gt (Get-Item $stamp).LastWriteTimeUtc) {
    Push-Location $root
    dotnet --version *> $null
    $found = $LASTEXITCODE
    Pop-Location
    if ($found -ne 0) {
        Write-Host "build.ps1: the .NET SDK is older than global.json asks for: $version is the least. Install a newer one: https://dot.net/download"
        exit 3
    }
    Write-Host 'build.ps1: compiling'
    dotnet build "$root/build/Build.csproj" --configuration Release --nologo --verbosity quiet
    if ($LASTEXITCODE -ne 0) { exit 1 }
    New-Item -ItemType File -Path $stamp -Force | Out-Null
}
dotnet "$root/artifacts/dotnet/bin/Build/release/Build.dll" @args
exit $LASTEXITCODE

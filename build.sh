#!/bin/sh
# The front door: ./build.sh --target=T [options]. Sets up what is missing, compiles when sources are newer than the last
# build, then runs the compiled host directly: no MSBuild, no restore on a warm start. --description lists the targets.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
hosts=$root/artifacts/host

say() { printf 'build.sh: %s\n' "$*" >&2; }

# What the named targets need beside .NET. Words of --target=X and of --target X alike.
packages_for() {
  case $(printf ' %s ' "$@" | tr '[:upper:]=' '[:lower:] ') in
    *' test '*) echo rsync openssh-server attr acl chromium ;;
    *' migrate '*|*' dryrun '*|*' sync '*|*' verify '*|*' bench '*) echo rsync ;;
  esac
}

# Any of the programs will do.
missing() {
  for program in "$@"; do
    if command -v "$program" >/dev/null 2>&1 || [ -x "/usr/sbin/$program" ]; then return 1; fi
  done
}

install() { apt-get install -y -qq --no-install-recommends "$@"; }

# All at once; where one of them is not to be had, the others nevertheless.
install_each() {
  install "$@" && return 0
  apt-get update -qq && install "$@" && return 0
  failed=0
  for package in "$@"; do install "$package" || failed=1; done
  return $failed
}

install_tools() {
  wanted=
  for package in $(packages_for "$@"); do
    case $package in openssh-server) tool=sshd ;; attr) tool=setfattr ;; acl) tool=setfacl ;; chromium) tool="chromium chromium-browser google-chrome" ;; *) tool=$package ;; esac
    # shellcheck disable=SC2086 # a list of programs
    if missing $tool; then wanted="$wanted $package"; fi
  done
  [ -n "$wanted" ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing$wanted"
    # shellcheck disable=SC2086 # a list of packages
    install_each $wanted >"$root/artifacts/install.log" 2>&1 </dev/null && return 0
    cat "$root/artifacts/install.log" >&2
  fi
  say "missing:$wanted. Install: sudo apt-get install -y$wanted"
  # Tests that need them say so and are skipped; a migration cannot go on.
  case " $(packages_for "$@") " in *' openssh-server '*) return 0 ;; esac
  exit 3
}

sdk_version() { sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json"; }

require_dotnet() {
  command -v dotnet >/dev/null 2>&1 && return 0
  say "the .NET SDK is missing. Install version $(sdk_version) or later: https://dot.net/download"
  exit 3
}

require_sdk() {
  (cd "$root" && dotnet --version) >/dev/null 2>&1 && return 0
  say "the .NET SDK is older than global.json asks for: $(sdk_version) is the least, installed: $(dotnet --list-sdks | sed 's/ .*//' | tr '\n' ' '). Install a newer one: https://dot.net/download"
  exit 3
}

is_stale() {
  [ -f "$hosts/current" ] && [ -f "$hosts/$(cat "$hosts/current")/Build.dll" ] || return 0
  [ -n "$(find "$root/src" "$root/build" "$root/global.json" "$root/Directory.Build.props" "$root/Directory.Build.targets" "$root/Directory.Packages.props" "$root/.editorconfig" \
    -newer "$hosts/current" -print -quit)" ]
}

# Each build goes to a folder of its own: a migration that runs for weeks keeps the files that it was started from.
compile() {
  require_sdk
  say "compiling"
  began=$(mktemp "$hosts/.began.XXXXXX")
  log=$root/artifacts/compile.log
  # Without profiles for its own code (TieredPGO) a compiler that runs once is faster.
  if ! DOTNET_TieredPGO=0 dotnet build "$root/build/Build.csproj" --configuration Release --nologo --verbosity quiet -clp:NoSummary >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -f "$began"
    exit 1
  fi
  name=$(date -u +%Y%m%d%H%M%S)-$$
  cp -R "$root/artifacts/dotnet/bin/Build/release" "$hosts/$name"
  printf '%s\n' "$name" >"$began.name"
  touch -r "$began" "$began.name"
  mv "$began.name" "$hosts/current"
  rm -f "$began"
  find "$hosts" -mindepth 1 -maxdepth 1 -type d ! -name "$name" -mtime +90 -exec rm -rf {} +
}

mkdir -p "$hosts"
require_dotnet
install_tools "$@"
if is_stale; then
  # One at a time; who waited finds it done.
  if command -v flock >/dev/null 2>&1; then exec 9>"$hosts/.lock" && flock 9; fi
  if is_stale; then compile; fi
  exec 9>&-
fi
exec dotnet "$hosts/$(cat "$hosts/current")/Build.dll" "$@"

using QSplit.Tasks.Tests.FrontDoor;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.Workflows;

/// <summary>A runner's folder with this repository in it, compiled: what one job leaves there, the next one finds.</summary>
internal sealed class Checkout : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Checkout(Clone clone)
    {
        Path = _folder.MakeDirectory("repository");
        var (exitCode, said) = clone.Type("./build.sh --target=Validate");
        exitCode.ShouldBe(0, said);
        // Times and all, so that nothing is compiled again.
        Tool.Read("/bin/sh", "-c", """
            cd "$0" && find . -mindepth 1 -maxdepth 1 ! -name artifacts -exec cp -a -t "$1" {} +
            mkdir -p "$1/artifacts/host" && cd artifacts/host && cp -a "$(cat current)" current "$1/artifacts/host"
            """, clone[""], Path);
    }

    public string Path { get; }

    /// <summary>A file of the repository.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>A new file of the runner's, outside of the repository.</summary>
    public string NewFile(string content = "")
    {
        var file = _folder[Guid.NewGuid().ToString("N")];
        File.WriteAllText(file, content);
        return file;
    }

    /// <summary>The folder of what jobs uploaded under a name.</summary>
    public string Uploaded(string name) => _folder.MakeDirectory(System.IO.Path.Combine("uploaded", name));

    public void Dispose() => _folder.Dispose();
}

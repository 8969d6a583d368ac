using QSplit.Tasks.Tests.FrontDoor;
using QSplit.Tasks.Tests.Journeys;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.Workflows;

/// <summary>A runner's folder with this repository in it, compiled: what one job leaves there, the next one finds.</summary>
internal sealed class Checkout : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Clone _clone = new();

    public Checkout()
    {
        // The host of this build, as build.sh would have left it there: that it compiles one itself is what the front door's specs are for.
        var host = System.IO.Path.GetDirectoryName(Hosts.Build)!;
        Tool.Read("/bin/sh", "-c", """mkdir -p "$1/artifacts/host" && cp -a "$0" "$1/artifacts/host/compiled" && echo compiled >"$1/artifacts/host/current" """, host, Path);
    }

    public string Path => System.IO.Path.TrimEndingDirectorySeparator(_clone[""]);

    /// <summary>A file of the repository.</summary>
    public string this[string name] => _clone[name];

    /// <summary>A new file of the runner's, outside of the repository.</summary>
    public string NewFile(string content = "")
    {
        var file = _folder[Guid.NewGuid().ToString("N")];
        File.WriteAllText(file, content);
        return file;
    }

    /// <summary>The folder of what jobs uploaded under a name.</summary>
    public string Uploaded(string name) => _folder.MakeDirectory(System.IO.Path.Combine("uploaded", name));

    public void Dispose()
    {
        _clone.Dispose();
        _folder.Dispose();
    }
}

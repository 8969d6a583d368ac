using QSplit.Testing;
using QSplit.Transfers;

namespace QSplit.Tests.Transfers;

/// <summary>A source and a target that is not there yet.</summary>
internal sealed class TwoTrees : IDisposable
{
    private static readonly DateTime Old = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
    private readonly TemporaryFolder _folder = new();

    public TwoTrees() => Source = _folder.MakeDirectory("source");

    public string Source { get; }

    public string Target => _folder["target"];

    public RsyncPaths Paths => RsyncRun.Between(Source, Target);

    public ByteFiles Files => new(Source);

    public string MakeTarget() => _folder.MakeDirectory("target");

    /// <summary>A file in the source with its own path for content, and the directories that it needs.</summary>
    public void File(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Source, path))!);
        System.IO.File.WriteAllText(Path.Combine(Source, path), path);
    }

    /// <summary>All directories of the source get a time long ago, so that it shows when one is not set.</summary>
    public void Age()
    {
        foreach (var directory in Directory.EnumerateDirectories(Source, "*", SearchOption.AllDirectories).Append(Source)) Directory.SetLastWriteTimeUtc(directory, Old);
    }

    /// <summary>Of a path in full, as <c>755</c>.</summary>
    public static string Mode(string path) => Tool.Read("stat", "-c", "%a", path).Trim();

    public static void SetMode(string path, string mode) => Tool.Read("chmod", mode, path);

    public void ShouldBeEqual(bool owners = true) => TreeComparison.Differences(Source, Target, new(Owners: owners)).ShouldBeEmpty();

    public void Dispose() => _folder.Dispose();
}

using System.Globalization;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Synthetic;

/// <summary>
/// The one directory where files come and go, <c>/arrivals</c>: with each revision the oldest are deleted and as many are created, so that all totals stay.
/// One new file in four is a deleted one by another name, and keeps its id.
/// </summary>
/// <remarks>Files have serial numbers, and a revision shows a window of them: nothing is kept. It is there when a quarter of the changes is at least one file.</remarks>
internal sealed class Arrivals(SyntheticSpec spec, Parcel root)
{
    private const string Name = "arrivals";
    private const string Path = "/" + Name;
    private const string Before = "arrival-";
    private const string After = ".new";

    private static readonly UInt128 FirstRank = UInt128.One << 64;

    private readonly int _churn = spec.Changes / 4;

    public static int FilesOf(SyntheticSpec spec) => spec.Changes / 4 * 2;

    /// <summary>A block of data and one of metadata for each file, and one for the directory.</summary>
    public static int BlocksOf(SyntheticSpec spec) => FilesOf(spec) is var files and > 0 ? (files * 2) + 1 : 0;

    public bool Exist => _churn > 0;

    /// <summary>How many lines the difference to the next revision has: the deleted, the created, and the directory.</summary>
    public int Lines => Exist ? (2 * _churn) + 1 : 0;

    public ServedTotals Totals => Exist ? new(Window, Window + 1, Window, 1, 0, 0) : default;

    private int Window => _churn * 2;

    public bool Hold(string path) => Exist && path.StartsWith(Path, StringComparison.Ordinal) && (path.Length == Path.Length || path[Path.Length] == '/');

    public bool IsDirectory(ServedEntry entry) => Exist && entry.Path == Path;

    public ServedEntry? Find(string path, int revision, long cursor)
    {
        if (path == Path) return Directory(revision, cursor);
        var name = path.AsSpan(Path.Length + 1);
        return SyntheticNames.NumberIn(name) is { } serial && name.SequenceEqual(NameOf(serial)) && IsThere(serial, revision) ? File(serial) : null;
    }

    /// <summary>The entry with a rank, if it is the directory or one of its files.</summary>
    public ServedEntry? FindByRank(UInt128 rank, int revision, long cursor)
    {
        if (!Exist) return null;
        if (rank == (UInt128)root.Entries) return Directory(revision, cursor);
        if (rank < FirstRank || rank - FirstRank > (UInt128)((long)revision * _churn + Window)) return null;
        var first = (long)(rank - FirstRank);
        var serial = first;
        while (!IsThere(serial, revision) && serial < First(revision) && IsRenamed(serial + Window)) serial += Window;
        return IsThere(serial, revision) && Origin(serial) == first ? File(serial) : null;
    }

    public IEnumerable<ServedEntry> ReadAfter(long cursor, int revision)
    {
        for (var serial = Math.Max(First(revision), cursor); serial < First(revision) + Window; serial++) yield return File(serial);
    }

    /// <summary>What came and went between two revisions.</summary>
    public IEnumerable<ServedChange> Between(int older, int newer)
    {
        if (!Exist || older == newer) yield break;
        yield return new("MODIFY", Path + "/");
        for (var serial = First(older); serial < Math.Min(First(newer), First(older) + Window); serial++) yield return new("DELETE", $"{Path}/{NameOf(serial)}");
        for (var serial = Math.Max(First(newer), First(older) + Window); serial < First(newer) + Window; serial++) yield return new("CREATE", $"{Path}/{NameOf(serial)}");
    }

    private static string NameOf(long serial) => string.Create(CultureInfo.InvariantCulture, $"{Before}{serial}{After}");

    private long First(int revision) => (long)revision * _churn;

    private bool IsThere(long serial, int revision) => serial >= First(revision) && serial < First(revision) + Window;

    private bool IsRenamed(long serial) => serial >= Window && Chance.Mix(root.Seed, (ulong)serial) % 4 == 0;

    // The file that is deleted as this one is created stands one window before it.
    private long Origin(long serial)
    {
        while (IsRenamed(serial)) serial -= Window;
        return serial;
    }

    private ServedEntry Directory(int revision, long cursor)
    {
        var time = SyntheticEntries.TimeOf(revision, root.Seed);
        return new(SyntheticEntries.IdOf((UInt128)root.Entries), Path, Name, ServedType.Directory, 512L * Window, 0, 1, 0b111_111_101, 1000, 100, 2, Window, time, time, time, time, cursor);
    }

    private ServedEntry File(long serial)
    {
        var origin = Origin(serial);
        var hash = Chance.Mix(root.Seed, (ulong)origin);
        var (time, renamed) = (SyntheticEntries.TimeOf(RevisionOf(origin), hash), SyntheticEntries.TimeOf(RevisionOf(serial), hash));
        var name = NameOf(serial);
        return new(
            SyntheticEntries.IdOf(FirstRank + (UInt128)origin), $"{Path}/{name}", name, ServedType.File, SyntheticSpec.Block - (long)(hash % SyntheticSpec.Block), 1, 1, 0b110_100_100,
            1000, 100, 1, 0, time, time, renamed, time, serial + 1);
    }

    // The revision in which a serial number came; those of the start came with it.
    private int RevisionOf(long serial) => serial < Window ? 0 : (int)((serial - Window) / _churn) + 1;
}

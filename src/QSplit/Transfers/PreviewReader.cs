using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>Sums up what an rsync that only pretends (<c>--dry-run</c>, <see cref="ItemizedEntry.Format"/>) says it would do.</summary>
/// <param name="counts">Which entries count: of a level those are somebody else's that buckets copy.</param>
/// <param name="isKept">Which entries stay although they are only on the target; null is none.</param>
internal sealed class PreviewReader(Func<EntryPath, bool> counts, Func<EntryPath, bool>? isKept = null)
{
    /// <summary>Top directories that are told apart; what lies in others is told of all together.</summary>
    public const int MostTops = 200;

    /// <summary>What stands for top directories that are not told apart.</summary>
    public const string OtherTops = "*";

    private const int MostNames = 10;
    private readonly SortedDictionary<(string Top, ChangeKind Kind), PartSum> _parts = new(Comparer<(string Top, ChangeKind Kind)>.Create((a, b) =>
        string.CompareOrdinal(a.Top, b.Top) is var byTop and not 0 ? byTop : a.Kind.CompareTo(b.Kind)));
    private readonly HashSet<string> _tops = new(StringComparer.Ordinal);
    private readonly List<EntryPath> _directories = [];

    /// <summary>All directories that rsync came by.</summary>
    public IReadOnlyList<EntryPath> Directories => _directories;

    public Preview Preview => new([.. _parts.Select(part => part.Value.ToPart(part.Key.Top, part.Key.Kind))]);

    /// <summary>What a run would have moved, in the same count as that of one that does.</summary>
    public Moved Moved { get; private set; }

    /// <summary>Whether the line tells of an entry.</summary>
    public bool Add(string line)
    {
        if (ItemizedEntry.Parse(line, hasSums: false) is not { } entry) return false;
        if (entry is { IsDirectory: true, IsDeleted: false }) _directories.Add(entry.Path);
        if (!entry.IsChanged || !counts(entry.Path) || (entry.IsDeleted && isKept?.Invoke(entry.Path) == true)) return true;
        var kind = KindOf(entry);
        // The target itself is made by whichever comes first, and counted by none.
        if (entry.Path.IsRoot && kind == ChangeKind.Create) return true;
        var size = entry.IsFileCopied ? entry.Size : (long?)null;
        PartOf(TopOf(entry.Path, entry.IsDirectory), kind).Add(size, entry.Path);
        Moved += new Moved(size is null ? 0 : 1, size ?? 0, kind == ChangeKind.Create ? 1 : 0);
        return true;
    }

    /// <summary>Takes in an entry that is only on the target.</summary>
    public void AddDeleted(EntryPath path, bool isDirectory) => PartOf(TopOf(path, isDirectory), ChangeKind.Delete).Add(null, path);

    private static ChangeKind KindOf(ItemizedEntry entry) =>
        entry.IsDeleted ? ChangeKind.Delete
        : entry.IsNew ? ChangeKind.Create
        : entry.What[0] is '>' or '<' or 'c' ? ChangeKind.Update
        : ChangeKind.Attributes;

    private PartSum PartOf(string top, ChangeKind kind)
    {
        if (!_tops.Contains(top) && (_tops.Count == MostTops || !_tops.Add(top))) top = OtherTops;
        return _parts.TryGetValue((top, kind), out var part) ? part : _parts[(top, kind)] = new PartSum();
    }

    private static string TopOf(EntryPath path, bool isDirectory)
    {
        var slash = path.Bytes.IndexOf((byte)'/');
        return slash > 0 ? EntryPath.FromBytes(path.Bytes[..slash]).ToString() : isDirectory ? path.ToString() : EntryPath.Root.ToString();
    }

    private sealed class PartSum
    {
        private readonly List<string> _first = [];
        private long _entries;
        private long _files;
        private long _bytes;

        public void Add(long? size, EntryPath path)
        {
            _entries++;
            if (size is { } bytes) (_files, _bytes) = (_files + 1, _bytes + bytes);
            if (_first.Count < MostNames) _first.Add(path.ToString());
        }

        public PreviewPart ToPart(string top, ChangeKind kind) => new(top, kind, _entries, _files, _bytes, [.. _first]);
    }
}

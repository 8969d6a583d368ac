using System.Collections.Immutable;

namespace QSplit.Trees;

/// <summary>
/// A tree without what Windows cannot hold, and a note on each thing that is left out. Of a crawled tree all is looked at, and no directory with such a
/// thing below it is taken whole, since robocopy would bring it all the same, perhaps under another name. Of another tree only what the planner reads is
/// looked at, and below that the copy itself will tell.
/// </summary>
internal sealed class WindowsTree : ITreeSource
{
    // A directory that buckets name is on a command line twice, for source and target, with at most 8,191 UTF-16 units in all.
    private const int LongestNamed = 3_000;

    private const string OfLink =
        "A symbolic link in a directory that is divided. If it leads to a file it is copied as a link, where the account may make such; if it leads to a directory, " +
        "no list of files brings it: make it by hand (mklink /D).";

    private readonly NoteBook _notes = new();
    private readonly HashSet<EntryPath> _divided = [];
    private readonly ITreeSource _tree;
    private readonly int _mount;
    private readonly bool _isKnown;

    /// <param name="mount">How many UTF-16 units the longer of the mounts has.</param>
    public WindowsTree(ITreeSource tree, int mount)
    {
        (_tree, _mount, _isKnown) = (tree, mount, tree.IsInMemory);
        if (tree is LocalTree crawled) LookThrough(crawled);
    }

    public string Location => _tree.Location;

    public ImmutableArray<TreeNote> Notes => [.. _tree.Notes, .. _notes.ToNotes()];

    public bool IsInMemory => _tree.IsInMemory;

    public IEnumerable<LargeFile>? FindLargestFiles(int count) => _tree.FindLargestFiles(count);

    public async Task<DirectoryTotals> ReadAsync(EntryPath directory, CancellationToken cancellationToken)
    {
        var whole = await _tree.ReadAsync(directory, cancellationToken);
        // What cannot be named at all keeps its directory whole: that is for the planner to see.
        if (whole.Children.Any(child => child.Doubt is not null || EntryPath.WhyNotAName(child.Name.Span) is not null)) return whole;
        var whys = WindowsEntries.Why([.. whole.Children.Select(child => (child.Name, child.Kind))], LengthOf(directory));
        var (kept, totals) = (ImmutableArray.CreateBuilder<ChildTotals>(whole.Children.Length), whole.Totals);
        for (var i = 0; i < whys.Length; i++)
        {
            var child = whole.Children[i];
            var path = directory.Combine(child.Name.Span);
            var why = whys[i] ?? (child.Kind == EntryKind.Directory && LengthInBatch(path) > LongestNamed ? "has a path that is too long for a command line of Windows" : null);
            if (why is null)
            {
                kept.Add(child with { MustDivide = _divided.Contains(path) });
                if (child.Kind == EntryKind.Symlink) _notes.Add(TreeNoteKind.Link, path, OfLink);
                continue;
            }
            totals -= child.Totals;
            if (whys[i] is null || !_isKnown) Add(path, child.Kind, why);
        }
        var isPartial = kept.Count < whole.Children.Length;
        return whole with { Children = kept.DrainToImmutable(), Totals = totals, IsPartial = isPartial };
    }

    private void Add(EntryPath path, EntryKind kind, string why) =>
        _notes.Add(TreeNoteKind.NotOnWindows, path, $"Not on Windows: it {why}. It is in no list and is not copied{(kind == EntryKind.Directory ? ", with all below it" : "")}. Rename it on the source, or bring it across by other means.");

    private void LookThrough(LocalTree crawled)
    {
        var open = new Stack<(DirectoryNode Directory, int Length)>([(crawled.Root, _mount)]);
        var (entries, below) = (new List<(ReadOnlyMemory<byte>, EntryKind)>(), new List<DirectoryNode?>());
        while (open.TryPop(out var next))
        {
            entries.Clear();
            below.Clear();
            foreach (var listing in next.Directory.Listings)
                for (var (at, directory) = (0, 0); listing.TryRead(ref at, out var entry);)
                {
                    entries.Add((entry.Name, entry.Kind));
                    below.Add(entry.Kind == EntryKind.Directory ? listing.Directories[directory++] : null);
                }
            var whys = WindowsEntries.Why(entries, next.Length);
            for (var i = 0; i < whys.Length; i++)
            {
                if (below[i]?.State == DirectoryState.Gone) continue;
                if (whys[i] is { } why) LeaveOut(EntryPath.FromBytes(next.Directory.PathBytes()).Combine(entries[i].Item1.Span), entries[i].Item2, why);
                else if (below[i] is { } directory) open.Push((directory, next.Length + 1 + WindowsName.Text(entries[i].Item1.Span)!.Length));
            }
        }
    }

    private void LeaveOut(EntryPath path, EntryKind kind, string why)
    {
        Add(path, kind, why);
        for (var above = path.Parent; !above.IsRoot && _divided.Add(above);) above = above.Parent;
    }

    private int LengthOf(EntryPath directory) => _mount + (directory.IsRoot ? 0 : 1 + (WindowsName.Text(directory.Bytes)?.Length ?? directory.Bytes.Length));

    // A percent sign is written twice in a batch file.
    private int LengthInBatch(EntryPath path) => LengthOf(path) + path.Bytes.Count((byte)'%');
}

using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace QSplit.Trees;

/// <summary>A tree without the directories that a migration leaves out, for sources that know nothing of that. Totals still have them in.</summary>
/// <param name="tree">The whole.</param>
/// <param name="names">Names of directories; <c>*</c> stands for any characters.</param>
/// <param name="ignoreCase">Whether they are meant in any case of letters.</param>
internal sealed class LeavingOut(ITreeSource tree, ImmutableArray<string> names, bool ignoreCase = false) : ITreeSource
{
    private readonly NamePatterns _names = new(names, ignoreCase);
    private readonly ConcurrentBag<TreeNote> _notes = [];
    private readonly ConcurrentDictionary<string, long> _counts = [];

    public string Location => tree.Location;

    public Task<MeasuredEntry> MeasureAsync(EntryPath entry, CancellationToken cancellationToken) => tree.MeasureAsync(entry, cancellationToken);

    public Task<IReadOnlyCollection<LinkedName>?> ListLinkedNamesAsync(EntryPath below, Func<EntryPath, bool> leftOut, CancellationToken cancellationToken) =>
        tree.ListLinkedNamesAsync(below, path => _names.Match(path.Name) || leftOut(path), cancellationToken);

    public ImmutableArray<TreeNote> Notes =>
    [
        .. tree.Notes,
        .. _counts.IsEmpty ? Array.Empty<TreeNote>() : [new TreeNote(TreeNoteKind.LeftOut, EntryPath.Root,
            CrawlProblems.LeftOutInAll(_counts))],
        .. _notes.OrderBy(note => note.Path),
    ];

    public async Task<DirectoryTotals> ReadAsync(EntryPath directory, CancellationToken cancellationToken)
    {
        var whole = await tree.ReadAsync(directory, cancellationToken);
        var kept = whole.Children.RemoveAll(IsLeftOut);
        if (kept.Length == whole.Children.Length) return whole;
        var left = whole.Children.Where(IsLeftOut).ToList();
        foreach (var child in left)
        {
            _notes.Add(new(TreeNoteKind.LeftOut, directory.Combine(child.Name.Span), "Left out, with all below it."));
            _counts.AddOrUpdate(_names.Find(child.Name.Span)!, 1, (_, count) => count + 1);
        }
        return whole with { Children = kept, Totals = left.Aggregate(whole.Totals, (totals, child) => totals - child.Totals) };
    }

    // What has no usable name is for the planner to see: it keeps the directory whole.
    private bool IsLeftOut(ChildTotals child) =>
        child.Kind == EntryKind.Directory && EntryPath.WhyNotAName(child.Name.Span) is null && _names.Match(child.Name.Span);
}

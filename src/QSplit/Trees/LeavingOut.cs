using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

namespace QSplit.Trees;

/// <summary>A tree without the directories that a migration leaves out, for sources that know nothing of that. Totals still have them in.</summary>
/// <param name="tree">The whole.</param>
/// <param name="names">Names of directories; <c>*</c> stands for any characters.</param>
/// <param name="ignoreCase">Whether they are meant in any case of letters.</param>
internal sealed class LeavingOut(ITreeSource tree, ImmutableArray<string> names, bool ignoreCase = false) : ITreeSource
{
    private static readonly NamePatterns QuotaFiles = new(LocalTreeOptions.QuotaFiles);
    private readonly NamePatterns _names = new(names, ignoreCase);
    private readonly ConcurrentBag<TreeNote> _notes = [];
    private readonly ConcurrentDictionary<string, long> _counts = [];

    /// <summary>The name of directories that cannot be copied; null for none.</summary>
    public string? Refused { get; init; }

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
        if (Refused is not null && whole.Children.FirstOrDefault(IsRefused) is { Name.IsEmpty: false } clash)
            throw CrawlProblems.LeftOutByRsync(Refused, directory.Combine(clash.Name.Span));
        var left = whole.Children.Select(child => (Child: child, Pattern: PatternOf(directory, child))).Where(child => child.Pattern is not null).ToList();
        if (left.Count == 0) return whole;
        foreach (var (child, pattern) in left)
        {
            _notes.Add(new(TreeNoteKind.LeftOut, directory.Combine(child.Name.Span), "Left out, with all below it."));
            _counts.AddOrUpdate(pattern!, 1, (_, count) => count + 1);
        }
        return whole with
        {
            Children = whole.Children.RemoveAll(child => PatternOf(directory, child) is not null),
            Totals = left.Aggregate(whole.Totals, (totals, one) => totals - one.Child.Totals),
        };
    }

    private bool IsRefused(ChildTotals child) => child.Kind == EntryKind.Directory && child.Name.Span.SequenceEqual(Encoding.UTF8.GetBytes(Refused!));

    // What has no usable name is for the planner to see: it keeps the directory whole.
    private string? PatternOf(EntryPath directory, ChildTotals child) => EntryPath.WhyNotAName(child.Name.Span) is not null ? null
        : child.Kind == EntryKind.Directory ? _names.Find(child.Name.Span)
        : directory.IsRoot ? QuotaFiles.Find(child.Name.Span) : null;
}

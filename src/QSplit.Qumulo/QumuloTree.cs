using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using QSplit.Qumulo.Api;
using QSplit.Qumulo.Calls;
using QSplit.Qumulo.Wire;
using QSplit.Trees;

namespace QSplit.Qumulo;

/// <summary>A directory of a cluster, never crawled: one call for each directory that a plan looks at, and pages only where that answer was cut.</summary>
internal sealed class QumuloTree(
    Caller caller, CoreVersion version, string root, string? snapshot, string location, IReadOnlyCollection<string> origins, QumuloSettings settings) : ITreeSource
{
    private const int AlwaysAllowed = 1_000;

    private readonly Lock _lock = new();
    private readonly List<TreeNote> _notes = [];
    private volatile int _childrenPerCall = settings.ChildrenPerCall;

    public string Location => location;

    public ImmutableArray<TreeNote> Notes
    {
        get
        {
            lock (_lock) return [.. _notes.OrderBy(note => note.Kind).ThenBy(note => note.Path)];
        }
    }

    public async Task<DirectoryTotals> ReadAsync(EntryPath directory, CancellationToken cancellationToken)
    {
        var path = directory.IsRoot ? root : $"{root.TrimEnd('/')}/{Encoding.UTF8.GetString(directory.Bytes)}";
        var (reply, asked) = await AggregatesAsync(path, cancellationToken);
        if (!reply.Is(out var answer, out var fault)) return Without(directory, QumuloApi.Aggregates(path, snapshot, asked), fault);
        var children = new SurveyedChildren(answer);
        if (!SurveyedDirectory.IsCut(answer, asked)) return children.ToTotals(directory);
        var pages = QumuloApi.Entries(path, snapshot, settings.PageSize, await version.LeavesAtimeAsync(cancellationToken));
        return await EntryPages.ReadAsync(caller, pages, origins, children.Add, cancellationToken) is { } broken
            ? Without(directory, pages, broken)
            : children.ToTotals(directory);
    }

    public async Task<MeasuredEntry> MeasureAsync(EntryPath entry, CancellationToken cancellationToken)
    {
        var call = QumuloApi.Attributes($"{root.TrimEnd('/')}/{Encoding.UTF8.GetString(entry.Bytes)}", snapshot);
        if (!(await caller.SendAsync(call, cancellationToken)).Is(out var answer, out var fault))
            return fault is Fault.Answered { IsOfEntry: true } ? new(new(0, 0, 1), null, 1) : throw caller.Problems.Of(call, fault);
        var totals = SurveyedDirectory.Of(new PagedEntry(default, EntryKind.File, answer.Size, answer.Blocks, answer.Datablocks, answer.LogicalDatablocks)).Totals;
        return new(totals, UInt128.TryParse(answer.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null, answer.NumLinks);
    }

    public async Task<IReadOnlyCollection<LinkedName>?> ListLinkedNamesAsync(EntryPath below, Func<EntryPath, bool> leftOut, CancellationToken cancellationToken) =>
        await new QumuloLinks(caller, origins, settings.PageSize, await version.LeavesAtimeAsync(cancellationToken)).ReadAsync(root, snapshot, below, leftOut, cancellationToken);

    /// <summary>As many children as possible, since paging for them costs more; a server that turns so many down is asked for fewer from then on.</summary>
    private async Task<(Reply<AggregatesAnswer> Reply, int Asked)> AggregatesAsync(string path, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            var asked = _childrenPerCall;
            var reply = await caller.SendAsync(QumuloApi.Aggregates(path, snapshot, asked), cancellationToken);
            if (asked <= AlwaysAllowed || reply.Fault is not Fault.Answered { Status: HttpStatusCode.BadRequest, IsOfEntry: false }) return (reply, asked);
            _childrenPerCall = AlwaysAllowed;
        }
    }

    /// <summary>A directory that cannot be read stays whole, unless the plan starts from it, or the cluster as a whole cannot be asked.</summary>
    private DirectoryTotals Without(EntryPath directory, ICallInfo call, Fault fault)
    {
        if (directory.IsRoot || fault is not Fault.Answered answered) throw caller.Problems.Of(call, fault);
        if (answered.IsNoSuchEntry || answered.IsNotADirectory)
        {
            Note(TreeNoteKind.Vanished, directory, answered.IsNoSuchEntry
                ? "This directory was there when its parent was read, and gone when it was read itself. It stays in the plan: the copy looks again."
                : "This was a directory when its parent was read, and something else when it was read itself. It stays in the plan: the copy looks again.");
            return new(directory, Totals.Zero, []);
        }
        if (answered.Status != HttpStatusCode.Forbidden && !answered.IsOfEntry) throw caller.Problems.Of(call, fault);
        Note(TreeNoteKind.Unreadable, directory, $"Kept whole in one bucket, because it cannot be looked into. {caller.Problems.Of(call, fault).Message}");
        return new(directory, Totals.Zero, []) { Withheld = true };
    }

    private void Note(TreeNoteKind kind, EntryPath directory, string text)
    {
        lock (_lock) _notes.Add(new(kind, directory, text));
    }
}

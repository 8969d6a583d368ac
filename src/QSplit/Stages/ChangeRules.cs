using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Deletions;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>What a difference of snapshots means for a target: pure.</summary>
internal static class ChangeRules
{
    /// <summary>What is to be copied and what is gone, each entry once; none inside another that is meant whole.</summary>
    /// <param name="leftOut">Whether a directory of that name is neither planned nor copied.</param>
    public static (ImmutableArray<(EntryPath Path, ChangedPart What)> Copied, ImmutableArray<(EntryPath Path, bool IsDirectory)> Gone) Of(
        ImmutableArray<ClusterChange> changes, Func<EntryPath, bool> leftOut)
    {
        var known = changes.Where(change => !IsLeftOut(change.Path, change.IsDirectory, leftOut)).ToList();
        var whole = known.Where(change => change is { Operation: ChangeOperation.Created, IsDirectory: true }).Select(change => change.Path).ToHashSet();
        var copied = new Dictionary<EntryPath, ChangedPart>();
        foreach (var change in known.Where(change => change.Operation != ChangeOperation.Deleted && !IsBelow(change.Path, whole)))
        {
            var what = whole.Contains(change.Path) ? ChangedPart.Whole : change.IsDirectory ? ChangedPart.Attributes : ChangedPart.Entry;
            // A file that is told of beside a directory of the same name came in its place.
            if (!copied.TryGetValue(change.Path, out var before) || before == ChangedPart.Attributes) copied[change.Path] = what;
        }
        var gone = known.Where(change => change.Operation == ChangeOperation.Deleted).Select(change => (change.Path, change.IsDirectory)).Distinct()
            .Where(change => IsOnlyOnTarget(change.Path, change.IsDirectory, copied)).ToList();
        var directories = gone.Where(change => change.IsDirectory).Select(change => change.Path).ToHashSet();
        ImmutableArray<(EntryPath Path, bool IsDirectory)> topmost = [.. gone.Where(change => !IsBelow(change.Path, directories))];
        foreach (var around in topmost.Select(change => change.Path.Parent).Where(around => !whole.Contains(around) && !IsBelow(around, whole))) copied.TryAdd(around, ChangedPart.Attributes);
        return ([.. copied.Select(change => (change.Key, change.Value))], topmost);
    }

    /// <summary>What is known to be only on the target after a pass.</summary>
    /// <param name="before">What was after the last one.</param>
    /// <param name="done">What this pass deletes.</param>
    /// <param name="now">What went since.</param>
    /// <param name="copied">What came or changed since.</param>
    public static DeletionList Pending(DeletionList before, DeletionList done, IReadOnlyCollection<Deletion> now, IReadOnlyDictionary<EntryPath, ChangedPart> copied)
    {
        var (deleted, gone) = (done.Items.Select(item => item.Path).ToHashSet(), now.Select(item => item.Path).ToHashSet());
        // What an entry was in the way of may have gone since, or its directory may have been replaced: then the entry has to be deleted by itself.
        bool IsStillThere(EntryPath path) => !path.Upwards().Any(at => gone.Contains(at) || (copied.TryGetValue(at, out var what) && what == ChangedPart.Whole));
        var all = new SortedDictionary<EntryPath, Deletion>();
        foreach (var item in before.Items.Where(item => IsOnlyOnTarget(item.Path, item.IsDirectory, copied)).Concat(now).Where(item => !item.Path.Upwards().Any(deleted.Contains)))
        {
            // A directory that was in the way of a file stays one when the file goes.
            var kept = all.TryGetValue(item.Path, out var known) && known.Entries > item.Entries ? known : item;
            all[item.Path] = kept with { GivesWayTo = kept.GivesWayTo is { } other && IsStillThere(other) ? other : InTheWayOf(item.Path, copied) };
        }
        return DeletionList.Topmost(all.Values);
    }

    /// <summary>What is to be copied because of what is deleted: that changes the time of its directory, and what it was in the way of was not copied when it changed.</summary>
    /// <param name="copied">What is copied anyway.</param>
    public static IEnumerable<ChangedEntry> Beside(DeletionList list, ImmutableArray<(EntryPath Path, ChangedPart What)> copied)
    {
        var (known, whole) = (copied.Select(change => change.Path).ToHashSet(), copied.Where(change => change.What == ChangedPart.Whole).Select(change => change.Path).ToHashSet());
        bool IsNew(EntryPath path) => !known.Contains(path) && !IsBelow(path, whole);
        var waited = list.Items.Select(item => item.GivesWayTo).OfType<EntryPath>().Distinct().Where(IsNew).ToHashSet();
        return waited.Select(path => new ChangedEntry(path, ChangedPart.Entry, new(0, 0, 1)))
            .Concat(list.ToDelete.Select(path => path.Parent).Distinct().Where(path => IsNew(path) && !waited.Contains(path)).Select(path => new ChangedEntry(path, ChangedPart.Attributes, Totals.Zero)));
    }

    private static EntryPath? InTheWayOf(EntryPath path, IReadOnlyDictionary<EntryPath, ChangedPart> copied) =>
        path.Upwards().Where(at => copied.TryGetValue(at, out var what) && what == ChangedPart.Entry).Select(at => (EntryPath?)at).FirstOrDefault();

    // Of what is there again under the same name only a directory stays, in the way of a file: nothing else of it has to be deleted first.
    private static bool IsOnlyOnTarget(EntryPath path, bool isDirectory, IReadOnlyDictionary<EntryPath, ChangedPart> copied) =>
        !copied.TryGetValue(path, out var what) || (isDirectory && what == ChangedPart.Entry);

    /// <summary>Whether one of some directories is around an entry.</summary>
    public static bool IsBelow(EntryPath path, HashSet<EntryPath> directories) => path.Upwards().Skip(1).Any(directories.Contains);

    private static bool IsLeftOut(EntryPath path, bool isDirectory, Func<EntryPath, bool> leftOut) =>
        (isDirectory ? path : path.Parent).Upwards().Any(at => !at.IsRoot && leftOut(at));
}

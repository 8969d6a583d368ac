using System.Collections.Concurrent;
using System.Collections.Immutable;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Preflights;
using QSplit.Reports;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>Makes a plan of what a cluster told of changes.</summary>
internal static class ChangesPlan
{
    private const int AtOnce = 16;

    /// <param name="list">What this pass is to delete.</param>
    /// <exception cref="StorageException">The cluster cannot be asked, or the folder cannot be written.</exception>
    public static async Task<Planned> MakeAsync(Job job, ToldChanges told, PastPasses passes, DeletionList list, Surroundings around, CancellationToken cancellationToken)
    {
        var (last, now) = (passes.Last, told.Now);
        var names = new NamePatterns(job.Migration.LeaveOut);
        var (copied, gone) = ChangeRules.Of(told.Changes, path => names.Match(path.Name));
        var again = await AgainAsync([.. passes.Exceptions.Select(entry => EntryPath.Parse(entry.Path))], copied, now, cancellationToken);
        if (again.Count > 0) around.View.Say($"{job.Migration.Name}: {Humane.Count(again.Count, "entry", "entries")} that the last pass could not copy {(again.Count == 1 ? "is" : "are")} tried again");
        around.View.Say($"{job.Migration.Name}: {Humane.Count(copied.Length, "entry", "entries")} changed{(told.Before.IsEmpty ? "" : $" and {Humane.Count(gone.Length, "entry", "entries")} went")} since {told.Basis.Words}{(told.View is { } view ? $", as {view.Directory} has it" : ", and the live tree is copied")}");
        copied = copied.AddRange(again);
        var measured = await MeasuredAsync(copied, now, cancellationToken);
        var whole = copied.Where(change => change.What == ChangedPart.Whole).Select(change => change.Path).ToHashSet();
        var keepsLinks = job.Migration.Options.Asking('H', "--hard-links") is not null;
        var links = await ChangedLinks.FindAsync(
            copied, measured, now, path => names.Match(path.Name), keepsLinks, line => around.View.Say($"{job.Migration.Name}: {line}"), cancellationToken);
        copied = copied.AddRange(links.Others.Select(name => (name.Path, ChangedPart.Entry)));
        var changed = copied.Select(change => new ChangedEntry(change.Path, change.What, SizeOf(change))).Concat(ChangeRules.Beside(list, copied)).ToList();
        var deletions = await CountedAsync(gone, told.Before, cancellationToken);
        var at = around.Time.GetUtcNow();
        var source = new ChangedTree(told.Location, changed, new LeavingOut(now, job.Migration.LeaveOut));
        var plan = await Planner.PlanAsync(source, new(job.Migration.Name, at, CostHistory.Of(job, around), (job.Migration.Buckets as Buckets.Fixed)?.Number, job.HostsListed ? job.Slots.Length : 0), cancellationToken);
        if (keepsLinks) plan = plan with { Linked = LinkedNames.Torn(plan.Buckets, LinkedNames.SetsOf(links.Names)) };
        plan = plan with { Scope = PlanScope.Changes, Snapshot = told.View, Terms = job.PlanTerms, NewLevels = [.. plan.Levels.Where(level => level.Upwards().Any(whole.Contains))] };
        var id = job.Folders.MakeNew(job.Migration.Name, BucketFile.Stamp(at));
        var planned = new Planned(job, PlanFile.Write(job.Folders.OfRun(id), plan), id) { Whole = last.Whole ?? last.Plan, Basis = told.Basis };
        WritePlan.Run(planned, around);
        var entries = told.Before is [.., var before] ? EntriesOf(await before.ReadAsync(EntryPath.Root, cancellationToken)) : (last.Whole ?? last.Plan).Totals.Entries;
        var withheld = DeletionRules.WhyNone(job.Migration, entries, (await now.ReadAsync(EntryPath.Root, cancellationToken)).Totals.Entries);
        var pending = ChangeRules.Pending(Known(last), list, deletions, copied.ToDictionary(change => change.Path, change => change.What));
        return planned with
        {
            Foreseen = pending with { Migration = job.Migration.Name, Run = id, Withheld = withheld },
            Present = PresentEntries.After(last.Present, plan, [.. pending.Items, .. list.Items]),
        };

        Totals SizeOf((EntryPath Path, ChangedPart What) change) => change.What == ChangedPart.Attributes ? Totals.Zero
            : measured.TryGetValue(change.Path, out var entry) ? entry.Totals
            : new(0, 0, 1);
    }

    // What could not be copied did not change since: no difference tells of it.
    private static async Task<IReadOnlyCollection<(EntryPath Path, ChangedPart What)>> AgainAsync(
        ImmutableArray<EntryPath> exceptions, ImmutableArray<(EntryPath Path, ChangedPart What)> copied, ITreeSource now, CancellationToken cancellationToken)
    {
        var (known, whole) = (copied.Select(change => change.Path).ToHashSet(), copied.Where(change => change.What == ChangedPart.Whole).Select(change => change.Path).ToHashSet());
        var again = new List<(EntryPath Path, ChangedPart What)>();
        foreach (var together in exceptions.Where(path => !path.IsRoot && !known.Contains(path) && !ChangeRules.IsBelow(path, whole)).GroupBy(path => path.Parent))
        {
            var children = (await now.ReadAsync(together.Key, cancellationToken)).Children
                .Where(child => EntryPath.WhyNotAName(child.Name.Span) is null).ToDictionary(child => together.Key.Combine(child.Name.Span), child => child.Kind);
            again.AddRange(together.Where(children.ContainsKey).Select(path => (path, children[path] == EntryKind.Directory ? ChangedPart.Whole : ChangedPart.Entry)));
        }
        return again;
    }

    // What the pass before found, told or not; a baseline looks for nothing.
    private static DeletionList Known(Planned last) =>
        new[] { DeletionFile.Name, DeletionFile.Foreseen }.FirstOrDefault(name => File.Exists(Path.Combine(last.Folder, name))) is { } name ? DeletionFile.Read(last.Folder, name) with { Withheld = null } : DeletionList.Nothing;

    // Each of them: whether a file has other names is known of no other.
    private static async Task<IReadOnlyDictionary<EntryPath, MeasuredEntry>> MeasuredAsync(
        ImmutableArray<(EntryPath Path, ChangedPart What)> copied, ITreeSource now, CancellationToken cancellationToken)
    {
        var measured = new ConcurrentDictionary<EntryPath, MeasuredEntry>();
        await Parallel.ForEachAsync(copied.Where(change => change.What != ChangedPart.Attributes), Options(cancellationToken), async (change, token) =>
            measured[change.Path] = change.What == ChangedPart.Whole
                ? new((await now.ReadAsync(change.Path, token)).Totals, null, 1)
                : await now.MeasureAsync(change.Path, token));
        return measured;
    }

    private static async Task<IReadOnlyCollection<Deletion>> CountedAsync(ImmutableArray<(EntryPath Path, bool IsDirectory)> gone, ImmutableArray<ITreeSource> before, CancellationToken cancellationToken)
    {
        var counted = new ConcurrentBag<Deletion>();
        await Parallel.ForEachAsync(gone, Options(cancellationToken), async (entry, token) =>
        {
            var most = 1L;
            if (entry.IsDirectory)
                foreach (var view in before) most = Math.Max(most, EntriesOf(await view.ReadAsync(entry.Path, token)));
            counted.Add(new(entry.Path, entry.IsDirectory, most));
        });
        return counted;
    }

    // Totals may lag behind those of what is in a directory; what is counted here is never too few.
    private static long EntriesOf(DirectoryTotals directory) => Math.Max(directory.Totals.Entries, 1 + directory.Children.Sum(child => child.Totals.Entries));

    private static ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>Makes a plan of what a cluster told of changes.</summary>
internal static class ChangesPlan
{
    private const int AtOnce = 16;

    /// <summary>How many changed files are measured; more are taken to be of the mean size.</summary>
    private const int MostMeasured = 20_000;

    /// <param name="list">What this pass is to delete.</param>
    /// <exception cref="StorageException">The cluster cannot be asked, or the folder cannot be written.</exception>
    public static async Task<Planned> MakeAsync(Job job, ToldChanges told, PastPasses passes, DeletionList list, Surroundings around, CancellationToken cancellationToken)
    {
        var (last, now) = (passes.Last, told.Now);
        var names = new NamePatterns(job.Migration.LeaveOut);
        var (copied, gone) = ChangeRules.Of(told.Changes, path => names.Match(path.Name));
        var again = await AgainAsync(passes.Exceptions, copied, now, cancellationToken);
        if (again.Count > 0) around.View.Say($"{job.Migration.Name}: {Humane.Count(again.Count, "entry", "entries")} that the last pass could not copy {(again.Count == 1 ? "is" : "are")} tried again");
        around.View.Say($"{job.Migration.Name}: {Humane.Count(copied.Length, "entry", "entries")} changed{(told.Before.IsEmpty ? "" : $" and {Humane.Count(gone.Length, "entry", "entries")} went")} since {told.Basis.Words}{(told.View is { } view ? $", as {view.Directory} has it" : ", and the live tree is copied")}");
        copied = copied.AddRange(again);
        var changed = (await MeasuredAsync(copied, now, cancellationToken)).Concat(ChangeRules.Beside(list, copied)).ToList();
        var deletions = await CountedAsync(gone, told.Before, cancellationToken);
        var at = around.Time.GetUtcNow();
        var source = new ChangedTree(told.Location, changed, new LeavingOut(now, job.Migration.LeaveOut));
        var plan = await Planner.PlanAsync(source, new(job.Migration.Name, at, CostHistory.Of(job, around), (job.Migration.Buckets as Buckets.Fixed)?.Number, job.HostsListed ? job.Slots.Length : 0), cancellationToken);
        var whole = copied.Where(change => change.What == ChangedPart.Whole).Select(change => change.Path).ToHashSet();
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

    private static async Task<IReadOnlyCollection<ChangedEntry>> MeasuredAsync(ImmutableArray<(EntryPath Path, ChangedPart What)> copied, ITreeSource now, CancellationToken cancellationToken)
    {
        var measured = new ConcurrentDictionary<EntryPath, Totals>();
        var files = copied.Where(change => change.What == ChangedPart.Entry).Select(change => change.Path).ToList();
        await Parallel.ForEachAsync(
            copied.Where(change => change.What == ChangedPart.Whole).Select(change => (change.Path, IsDirectory: true)).Concat(files.Take(MostMeasured).Select(path => (Path: path, IsDirectory: false))),
            Options(cancellationToken),
            async (entry, token) => measured[entry.Path] = entry.IsDirectory ? (await now.ReadAsync(entry.Path, token)).Totals : (await now.MeasureAsync(entry.Path, token)).Totals);
        var known = files.Take(MostMeasured).Select(path => measured[path]).ToList();
        var mean = known.Count == 0 ? new Totals(0, 0, 1) : new Totals((long)known.Average(totals => totals.Bytes), (long)known.Average(totals => totals.LogicalBytes), 1);
        return [.. copied.Select(change => new ChangedEntry(change.Path, change.What, change.What == ChangedPart.Attributes ? Totals.Zero : measured.GetValueOrDefault(change.Path, mean)))];
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

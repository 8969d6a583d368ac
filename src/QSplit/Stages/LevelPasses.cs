using System.Collections.Immutable;
using QSplit.CmdScripts;
using QSplit.Deletions;
using QSplit.Fleets;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>The passes over the expanded directories, which several buckets share: one before the buckets, one after all of them. Any host can do them.</summary>
internal static class LevelPasses
{
    /// <summary>Makes the levels on the target, and lets their owner write there. Makes the target itself too, but not what it lies in.</summary>
    public static async Task<RunSession> OpenAsync(RunSession session, CancellationToken cancellationToken)
    {
        if (!session.GoesOn || !session.Run.Copies) return session;
        var list = EntryList.Of(session.Plan.Levels.Where(l => !l.IsRoot), "");
        await DispatchAsync(
            session,
            [WorkUnit.Open],
            "the shared directories cannot be made on the target",
            (start, started, token) => session.Plan.Mover == MoverKind.Robocopy
                ? session.MoveAsync(started, Pass.Open, RobocopyJobs.Open, token)
                : session.MoveAsync(started, Pass.Open, list, start.BytesPerSecond, token),
            cancellationToken);
        return session;
    }

    /// <summary>Links names again that different buckets have brought as files of their own. What is linked changes the time of its directory, which is set again with it.</summary>
    public static async Task<RunSession> LinkAsync(RunSession session, CancellationToken cancellationToken)
    {
        if (!session.GoesOn || session.Run.Started.Links == 0 || session.Run.Links.IsDone || session.Run.UnsettledBuckets.Any()) return session;
        var names = session.Plan.Linked;
        var list = EntryList.WithAround(names);
        await DispatchAsync(session, [WorkUnit.Links], "hard links over several buckets could not be made", (start, started, token) => session.MoveAsync(started, Pass.Links, list, start.BytesPerSecond, token), cancellationToken);
        return session;
    }

    /// <summary>Deletes what the run's list names, once all else is across: a bucket that is left may be the reason why something looks as if it were only on the target.</summary>
    public static async Task<RunSession> DeleteAsync(RunSession session, CancellationToken cancellationToken)
    {
        // What a cutover deletes was accepted with its exceptions; a sync that could not read something may not know its source.
        var left = session.Run.Started.Mode == RunMode.Delete ? session.Run.UnsettledBuckets : session.Run.LeftBuckets;
        if (!session.GoesOn || left.Any() || session.Run.Deletes.Values.All(part => part.IsDone)) return session;
        var seen = await SourceViews.WhoSeesAsync(session, [.. session.Planned.Deletions.ToDelete], null, cancellationToken);
        if (seen.Count > 0)
        {
            session.Say(
                $"{Humane.Count(seen.Count, "entry that was", "entries that were")} to be deleted {(seen.Count == 1 ? "is" : "are")} on the source as " +
                $"{seen.Values.First()} sees it, first {seen.Keys.Min()}: not deleted");
        }
        var mounts = TargetMounts.Of(session.Findings);
        var toDelete = session.Planned.Deletions with { Items = [.. session.Planned.Deletions.Items.Where(item => !item.GivesWay)] };
        var (now, grown) = await MeasureDeletions.RecountAsync(session, toDelete, cancellationToken)
            ?? throw new StorageException(
                "No host could count the entries that are to be deleted, so nothing was deleted. " +
                "Run preflight to see why, then run the same command again.");
        SayGrown(session, grown, "deleted");
        var entries = now.Items.ToDictionary(item => item.Path, item => item.Entries);
        var parts = DeletionParts.Of(session.Planned.Deletions, session.Run.Deletes.Count).Select(part => part with
        {
            Items =
            [
                .. part.Items.Where(item => entries.ContainsKey(item.Path) && !seen.ContainsKey(item.Path) && !mounts.Keep(item.Path))
                    .Select(item => item with { Entries = entries[item.Path] }),
            ],
        });
        var byNumber = session.Run.Deletes.Keys.Zip(parts).ToDictionary();
        await DispatchAsync(
            session,
            [.. byNumber.Keys.Select(WorkUnit.OfDelete)],
            "what is only on the target could not be deleted",
            (start, started, token) => session.DeleteAsync(started, byNumber[start.Work.Bucket], start.BytesPerSecond, token),
            cancellationToken);
        return session;
    }

    /// <summary>Says what stays because it has more in it than somebody reviewed.</summary>
    public static void SayGrown(RunSession session, ImmutableArray<(Deletion Item, long Now)> grown, string what)
    {
        if (grown.IsEmpty) return;
        var (item, now) = grown[0];
        session.Say(
            $"{Humane.Count(grown.Length, "place has", "places have")} more in {(grown.Length == 1 ? "it" : "them")} than the list names, first {item.Path}: " +
            $"{Humane.Count(now, "entry", "entries")} now, {Humane.Count(item.Entries)} in the list. Not {what}; the next sync lists {(grown.Length == 1 ? "it" : "them")} anew.");
    }

    /// <summary>
    /// Copies what arrived in the levels after planning, and gives them their times and modes. A bucket that is left does not hinder it: all else
    /// is to be right meanwhile.
    /// </summary>
    public static async Task<RunSession> SealAsync(RunSession session, CancellationToken cancellationToken)
    {
        if (!session.GoesOn) return session;
        // Of a plan of changes only the directories themselves, where they did not come anew: what is in them and did not change is left alone.
        var (levels, isWhole) = (session.Plan.Levels, session.Plan.Scope == PlanScope.Whole);
        var full = isWhole ? levels : session.Plan.NewLevels;
        // What was deleted changed the time of its directory, which may lie deep in the tree of a bucket. A plan of changes has those among its levels.
        ImmutableArray<EntryPath> around = isWhole && session.Run.Started.Deletions > 0 ? [.. session.Planned.Deletions.ToDelete.Select(path => path.Parent).Distinct().Except(levels).Order()] : [];
        byte[] list = [.. EntryList.Of(levels.Except(full).Concat(around), ""), .. EntryList.Of(full, "/")];
        var ofBuckets = session.Plan.Buckets.SelectMany(b => b.Items).ToHashSet();
        await DispatchAsync(session, [WorkUnit.Seal], "the shared directories could not be finished", async (start, started, token) =>
        {
            if (session.Run.IsVerification) return await CheckPasses.LevelsAsync(session, started, ofBuckets, seen => Arrived(session.Plan.Levels, ofBuckets, seen), token);
            if (session.Run.Started.Mode == RunMode.Look) return await CheckPasses.LookAtLevelsAsync(session, started, ofBuckets, seen => Arrived(session.Plan.Levels, ofBuckets, seen), token);
            if (session.Plan.Mover == MoverKind.Robocopy) return await session.MoveAsync(started, Pass.Seal, RobocopyJobs.Seal(session.Plan), token);
            // A dry run comes to levels of which nothing is there yet: what buckets would bring is theirs.
            var transferred = await session.MoveAsync(started, Pass.Seal, list, start.BytesPerSecond, token, path => !ofBuckets.Contains(path));
            if (full.IsEmpty) return transferred;
            var arrived = Arrived([.. levels, .. around], ofBuckets, transferred.Directories);
            if (!arrived.IsEmpty && transferred.Outcome is TransferOutcome.Succeeded)
                transferred = Sum(transferred, await session.MoveAsync(started, Pass.Baseline, EntryList.Of(arrived, ""), start.BytesPerSecond, token, path => !arrived.Contains(path)));
            return session.Run.FindsExtras ? await CheckPasses.WithExtrasOfLevelsAsync(session, started, full, ofBuckets, arrived, transferred, token) : transferred;
        }, cancellationToken);
        if (session.GoesOn && session.Run.IsAllAcross) session.Record(new RunEvent.Finished());
        return session;
    }

    // A seal copies one level: a directory that is new there it only makes. What is neither a level nor of a bucket arrived after planning.
    private static ImmutableArray<EntryPath> Arrived(ImmutableArray<EntryPath> levels, HashSet<EntryPath> ofBuckets, IReadOnlyList<EntryPath> seen)
    {
        var known = levels.ToHashSet();
        return [.. seen.Where(path => !ofBuckets.Contains(path) && !known.Contains(path)).Order()];
    }

    private static Transferred Sum(Transferred first, Transferred second) =>
        second with
        {
            Moved = first.Moved + second.Moved,
            Elapsed = first.Elapsed + second.Elapsed,
            Blocked = [.. first.Blocked, .. second.Blocked],
            Preview = first.Preview is null ? null : Previews.Sum([first.Preview, second.Preview ?? Preview.Nothing]),
        };

    private static async Task DispatchAsync(
        RunSession session,
        ImmutableArray<WorkUnit> works,
        string what,
        Func<Decision.StartAttempt, RunEvent.AttemptStarted, CancellationToken, Task<Transferred>> attempt,
        CancellationToken cancellationToken)
    {
        var dispatching = new Dispatching(session, attempt);
        await dispatching.RunAsync([.. works.Select(work => new WorkItem(work, TimeSpan.Zero))], cancellationToken);
        var left = works.Select(session.Run.StateOf).Where(state => !session.Run.IsOver(state)).ToList();
        if (left.Count == 0 && dispatching.Halt is null) return;
        session.Record(new RunEvent.Stopped(
            cancellationToken.IsCancellationRequested ? "interrupted"
            : $"{what}: {dispatching.Halt ?? (left.Select(state => state.Last).FirstOrDefault(outcome => outcome is not null) is { } last ? Reports.ProgressText.Reason(last) : "not begun")}"));
        cancellationToken.ThrowIfCancellationRequested();
    }
}

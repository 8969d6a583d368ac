using System.Collections.Immutable;
using QSplit.CmdScripts;
using QSplit.Deletions;
using QSplit.Fleets;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>The baseline: hands out buckets until none is left, or the run comes to a halt.</summary>
internal static class DispatchBuckets
{
    /// <exception cref="OperationCanceledException">The run was interrupted; the store says where it stands.</exception>
    public static async Task<RunSession> RunAsync(RunSession session, CancellationToken cancellationToken)
    {
        if (!session.GoesOn) return session;
        var buckets = session.Plan.Buckets.ToImmutableDictionary(b => b.Number);
        var dispatching = new Dispatching(session, (start, started, token) => session.Run.IsVerification
            ? CheckPasses.BucketAsync(session, started, buckets[start.Work.Bucket].Items, token)
            : session.Run.Started.Mode == RunMode.Look
            ? CheckPasses.LookAsync(session, started, buckets[start.Work.Bucket].Items, token)
            : session.Plan.Mover == MoverKind.Robocopy
            ? session.MoveAsync(started, Pass.Baseline, RobocopyJobs.OfBucket(session.Plan, buckets[start.Work.Bucket]), token)
            : CopyAsync(session, start, started, buckets[start.Work.Bucket].Items, token));
        // Of a plan of changes the sizes are not known.
        var isSizeKnown = session.Run.Started.Mode == RunMode.Copy && session.Plan is { Scope: PlanScope.Whole, Mover: MoverKind.Rsync };
        await dispatching.RunAsync(
            [.. session.Plan.Buckets.Select(b => new WorkItem(WorkUnit.OfBucket(b.Number), b.Estimate) { Bytes = isSizeKnown ? b.Totals.LogicalBytes : null })],
            cancellationToken);
        if (cancellationToken.IsCancellationRequested) session.Record(new RunEvent.Stopped("interrupted"));
        else if (dispatching.Halt is { } reason) session.Record(new RunEvent.Stopped(reason));
        cancellationToken.ThrowIfCancellationRequested();
        return session;
    }

    private static async Task<Transferred> CopyAsync(
        RunSession session, Decision.StartAttempt start, RunEvent.AttemptStarted started, ImmutableArray<EntryPath> items, CancellationToken cancellationToken)
    {
        var copied = await session.MoveAsync(started, Pass.Baseline, ListOf(items, session.Run.IsDryRun ? [] : start.Named), start.BytesPerSecond, cancellationToken);
        copied = await WithListedAsync(session, start, started, copied, cancellationToken);
        return session.Run.FindsExtras ? await CheckPasses.WithExtrasAsync(session, started, items, copied, cancellationToken) : copied;
    }

    // Of what directories are in the way of: one that nobody has reviewed waits for a list of its own.
    private static async Task<Transferred> WithListedAsync(RunSession session, Decision.StartAttempt start, RunEvent.AttemptStarted started, Transferred copied, CancellationToken cancellationToken)
    {
        var waited = session.Planned.Deletions.Items.Select(item => item.GivesWayTo).OfType<EntryPath>().ToHashSet();
        waited.IntersectWith(copied.Blocked);
        if (waited.Count == 0) return copied;
        bool IsWaited(Deletion item) => item.GivesWayTo is { } to && waited.Contains(to);
        var listed = session.Planned.Deletions with { Items = [.. session.Planned.Deletions.Items.Where(IsWaited)] };
        if (await MeasureDeletions.RecountAsync(session, listed, cancellationToken) is not var (_, grown)) return copied;
        LevelPasses.SayGrown(session, grown, "replaced");
        waited.ExceptWith(grown.Select(one => one.Item.GivesWayTo!.Value));
        if (waited.Count == 0) return copied;
        var replaced = await session.ReplaceAsync(started, waited, start.BytesPerSecond, cancellationToken);
        return replaced with { Outcome = replaced.Outcome is TransferOutcome.Succeeded ? copied.Outcome : replaced.Outcome, Moved = copied.Moved + replaced.Moved, Elapsed = copied.Elapsed + replaced.Elapsed, Directories = copied.Directories, Blocked = [.. copied.Blocked.Except(waited), .. replaced.Blocked] };
    }

    private static byte[] ListOf(ImmutableArray<EntryPath> items, ImmutableArray<FailedEntry> named) =>
        EntryList.Of(RetryItems.Of(items, [.. named.Select(n => EntryPath.Parse(n.Path))]), "");
}

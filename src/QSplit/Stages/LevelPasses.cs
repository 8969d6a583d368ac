using System.Collections.Immutable;
using QSplit.Fleets;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>The passes over the expanded directories, which several buckets share: one before the buckets, one after all of them.</summary>
internal static class LevelPasses
{
    /// <summary>Makes the levels on the target, and lets their owner write there. Makes the target itself too, but not what it lies in.</summary>
    public static async Task<RunSession> OpenAsync(RunSession session, CancellationToken cancellationToken)
    {
        if (!session.GoesOn) return session;
        var transferred = await MoveAsync(session, WorkUnit.Open, Pass.Open, EntryList.Of(session.Plan.Levels.Where(l => !l.IsRoot), ""), cancellationToken);
        if (transferred.Outcome is not TransferOutcome.Succeeded) Stop(session, "the shared directories cannot be made on the target", transferred.Outcome, cancellationToken);
        return session;
    }

    /// <summary>
    /// Copies what arrived in the levels after planning, and gives them their times and modes. A bucket that is left does not hinder it: all else
    /// is to be right meanwhile.
    /// </summary>
    public static async Task<RunSession> SealAsync(RunSession session, CancellationToken cancellationToken)
    {
        if (!session.GoesOn) return session;
        var transferred = await MoveAsync(session, WorkUnit.Seal, Pass.Seal, EntryList.Of(session.Plan.Levels, "/"), cancellationToken);
        if (Arrived(session, transferred.Directories) is { IsEmpty: false } arrived && transferred.Outcome is TransferOutcome.Succeeded)
            transferred = await MoveAsync(session, WorkUnit.Seal, Pass.Baseline, EntryList.Of(arrived, ""), cancellationToken);
        if (transferred.Outcome is not TransferOutcome.Succeeded) Stop(session, "the shared directories could not be finished", transferred.Outcome, cancellationToken);
        else if (!session.Run.LeftBuckets.Any()) session.Record(new RunEvent.Finished());
        return session;
    }

    // A seal copies one level: a directory that is new there it only makes. What is neither a level nor of a bucket arrived after planning.
    private static ImmutableArray<EntryPath> Arrived(RunSession session, IReadOnlyList<EntryPath> seen)
    {
        var planned = session.Plan.Buckets.SelectMany(b => b.Items).Concat(session.Plan.Levels).ToHashSet();
        return [.. seen.Where(path => !planned.Contains(path)).Order()];
    }

    private static async Task<Transferred> MoveAsync(
        RunSession session, WorkUnit work, Pass pass, ReadOnlyMemory<byte> list, CancellationToken cancellationToken)
    {
        var started = session.Begin(work, session.Job.Slots[0], 0);
        var transferred = await session.MoveAsync(started, pass, list, cancellationToken);
        session.Record(RunSession.EndOf(started, transferred));
        return transferred;
    }

    private static void Stop(RunSession session, string what, TransferOutcome outcome, CancellationToken cancellationToken)
    {
        session.Record(new RunEvent.Stopped(outcome is TransferOutcome.Interrupted ? "interrupted" : $"{what}: {Reports.ProgressText.Reason(outcome)}"));
        cancellationToken.ThrowIfCancellationRequested();
    }
}

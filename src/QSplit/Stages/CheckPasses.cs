using System.Collections.Immutable;
using QSplit.Fleets;
using QSplit.Manifests;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Stages;

/// <summary>How a verification looks at a bucket and at the levels. Where only a sample of the files is to be read, metadata comes first, which also tells what files there are.</summary>
internal static class CheckPasses
{
    private const string OfArrived = "arrived", OfSample = "sample", OfBlocked = "blocked", OfLinks = "links";

    public static async Task<Transferred> BucketAsync(RunSession session, RunEvent.AttemptStarted started, ImmutableArray<EntryPath> items, CancellationToken cancellationToken)
    {
        var name = started.Work.FileName();
        var first = await FirstAsync(session, started, Pass.Baseline, EntryList.Of(items, ""), name, _ => true, cancellationToken);
        var planned = session.Plan.Buckets.First(bucket => bucket.Number == started.Work.Bucket).Totals.Entries;
        return Planned(planned, await WithSampleAsync(session, started, name, first, cancellationToken));
    }

    /// <summary>What is only on the target, found behind an rsync that copied well: below the trees of a bucket.</summary>
    public static Task<Transferred> WithExtrasAsync(RunSession session, RunEvent.AttemptStarted started, ImmutableArray<EntryPath> items, Transferred copied, CancellationToken cancellationToken) =>
        WithExtrasAsync(session, started, Pass.Baseline, EntryList.Of(items, ""), _ => true, copied, cancellationToken);

    /// <summary>The same of the levels.</summary>
    /// <param name="ofBuckets">What is looked at with the buckets.</param>
    /// <param name="arrived">Directories that no bucket has, which are looked at with all below them.</param>
    public static async Task<Transferred> WithExtrasOfLevelsAsync(
        RunSession session,
        RunEvent.AttemptStarted started,
        ImmutableArray<EntryPath> levels,
        HashSet<EntryPath> ofBuckets,
        ImmutableArray<EntryPath> arrived,
        Transferred sealing,
        CancellationToken cancellationToken)
    {
        var found = await WithExtrasAsync(session, started, Pass.Seal, EntryList.Of(levels, "/"), path => !IsOf(ofBuckets, path), sealing, cancellationToken);
        if (arrived.IsEmpty || found.Outcome is not TransferOutcome.Succeeded) return found;
        var name = $"{started.Work.FileName()}.{OfArrived}";
        var below = await session.CheckAsync(started, Pass.Baseline, EntryList.Of(arrived, ""), CheckPass.Extras, name, null, _ => true, cancellationToken);
        return Sum(found, below) with { Moved = found.Moved };
    }

    /// <param name="ofBuckets">What is looked at with the buckets.</param>
    /// <param name="arrived">Of all directories at the levels those that nobody has: they came after planning, and are taken whole.</param>
    public static async Task<Transferred> LevelsAsync(
        RunSession session, RunEvent.AttemptStarted started, HashSet<EntryPath> ofBuckets, Func<IReadOnlyList<EntryPath>, ImmutableArray<EntryPath>> arrived, CancellationToken cancellationToken)
    {
        var name = started.Work.FileName();
        var levels = await FirstAsync(session, started, Pass.Seal, EntryList.Of(session.Plan.Levels, "/"), name, path => !IsOf(ofBuckets, path), cancellationToken);
        var inBuckets = session.Plan.Buckets.Sum(bucket => bucket.Totals.Entries);
        levels = Planned(session.Plan.Totals.Entries - inBuckets, await WithSampleAsync(session, started, name, levels, cancellationToken));
        levels = await WithLinksAsync(session, started, levels, cancellationToken);
        if (levels.Outcome is not TransferOutcome.Succeeded || arrived(levels.Directories) is not { IsEmpty: false } more) return levels;
        var whole = await FirstAsync(session, started, Pass.Baseline, EntryList.Of(more, ""), $"{name}.{OfArrived}", path => !more.Contains(path), cancellationToken);
        return Sum(levels, await WithSampleAsync(session, started, $"{name}.{OfArrived}", whole, cancellationToken));
    }

    // An rsync links, and compares, only names that it is given together.
    private static async Task<Transferred> WithLinksAsync(
        RunSession session, RunEvent.AttemptStarted started, Transferred levels, CancellationToken cancellationToken)
    {
        if (levels.Outcome is not TransferOutcome.Succeeded || session.Plan.Linked.IsEmpty) return levels;
        var (list, name) = (EntryList.Of(session.Plan.Linked, ""), $"{started.Work.FileName()}.{OfLinks}");
        return Sum(levels, await session.CheckAsync(started, Pass.Links, list, CheckPass.Links, name, null, _ => true, cancellationToken));
    }

    private static Transferred Planned(long entries, Transferred transferred) =>
        transferred with { Checked = transferred.Checked is { } found ? found with { Planned = entries } : null };

    /// <summary>What is only on the target below the trees of a bucket.</summary>
    public static async Task<Transferred> LookAsync(RunSession session, RunEvent.AttemptStarted started, ImmutableArray<EntryPath> items, CancellationToken cancellationToken) =>
        await session.CheckAsync(started, Pass.Baseline, EntryList.Of(items, ""), CheckPass.Extras, started.Work.FileName(), null, _ => true, cancellationToken) with { Checked = null };

    /// <summary>The same of the levels, and below directories that came to them after planning.</summary>
    public static async Task<Transferred> LookAtLevelsAsync(
        RunSession session, RunEvent.AttemptStarted started, HashSet<EntryPath> ofBuckets, Func<IReadOnlyList<EntryPath>, ImmutableArray<EntryPath>> arrived, CancellationToken cancellationToken)
    {
        var name = started.Work.FileName();
        // Only metadata tell which directories there are.
        var levels = await session.CheckAsync(started, Pass.Seal, EntryList.Of(session.Plan.Levels, "/"), CheckPass.Metadata, name, null, path => !IsOf(ofBuckets, path), cancellationToken);
        if (levels.Outcome is not TransferOutcome.Succeeded || arrived(levels.Directories) is not { IsEmpty: false } more) return levels with { Checked = null };
        return Sum(levels, await session.CheckAsync(started, Pass.Baseline, EntryList.Of(more, ""), CheckPass.Extras, $"{name}.{OfArrived}", null, _ => true, cancellationToken)) with { Checked = null };
    }

    private static Task<Transferred> FirstAsync(
        RunSession session, RunEvent.AttemptStarted started, Pass pass, byte[] list, string name, Func<EntryPath, bool> counts, CancellationToken cancellationToken)
    {
        var terms = session.Run.Started.Check!;
        var (check, sampling) = terms switch
        {
            { By: VerifyBy.Checksum, Sample: >= 1 } => (CheckPass.All, null),
            { By: VerifyBy.Checksum } => (CheckPass.Metadata, new Sampling(terms.Seed, terms.Sample)),
            _ => (CheckPass.Metadata, (Sampling?)null),
        };
        return session.CheckAsync(started, pass, list, check, name, sampling, counts, cancellationToken);
    }

    // What a directory is in the way of is looked at as a verification does, which names what is in that directory, too.
    private static async Task<Transferred> WithExtrasAsync(
        RunSession session, RunEvent.AttemptStarted started, Pass pass, byte[] list, Func<EntryPath, bool> counts, Transferred copied, CancellationToken cancellationToken)
    {
        if (copied.Outcome is not (TransferOutcome.Succeeded or TransferOutcome.Partial { Complete: true })) return copied;
        // A target that a run would make first has nothing.
        if (session.Run.IsDryRun && session.Findings.Of(started.Host) is not { Facts.HoldsSomething: true }) return copied;
        var name = started.Work.FileName();
        // An entry that could not be copied may hide what lies below it.
        var failures = copied.Outcome is TransferOutcome.Partial partial ? partial.Failures : [];
        var failed = failures.Select(failure => EntryPath.Parse(failure.Path)).ToHashSet();
        bool IsCounted(EntryPath path) => counts(path) && !IsOf(failed, path);
        var found = await session.CheckAsync(started, pass, list, CheckPass.Extras, name, null, IsCounted, cancellationToken);
        // rsync looks for nothing else that is only on the target then.
        if (failed.Count > 0 && found.Outcome is TransferOutcome.Partial { Complete: true } hindered)
        {
            var unread = hindered.Failures.Select(failure => EntryPath.Parse(failure.Path)).Where(path => !path.IsRoot).ToHashSet();
            found = await session.CheckAsync(started, pass, list, CheckPass.Extras, name, null, IsCounted, cancellationToken, unread);
        }
        if (found.Outcome is TransferOutcome.Succeeded && copied.Blocked.Count > 0)
        {
            var blocked = EntryList.Of(copied.Blocked, "");
            var named = await session.CheckAsync(
                started, Pass.Baseline, blocked, CheckPass.Metadata, $"{name}.{OfBlocked}", null, _ => true, cancellationToken);
            found = Sum(found, named);
        }
        // What hindered the copy hinders the listing, too.
        var isHindered = found.Outcome is TransferOutcome.Partial { Complete: true } && failed.Count > 0;
        return found with
        {
            Preview = copied.Preview is { } preview ? Previews.Sum([preview, DeletesIn(session, name)]) : null,
            // It copied, or would copy: nothing was compared.
            Checked = null,
            Moved = copied.Moved,
            Elapsed = copied.Elapsed + found.Elapsed,
            Directories = copied.Directories,
            Outcome = found.Outcome is TransferOutcome.Succeeded || isHindered ? copied.Outcome : found.Outcome,
        };
    }

    // What a dry run says would be deleted is what a sync lists.
    private static Preview DeletesIn(RunSession session, string name)
    {
        var deletes = new PreviewReader(_ => true);
        foreach (var list in new[] { name, $"{name}.{OfBlocked}" }.Select(one => session.Planned.Checks.FilesOf(one).Differences).Where(File.Exists))
            foreach (var difference in DifferenceList.Read(list).Where(d => d.Kind is DifferenceKind.Extra or DifferenceKind.Leftover)) deletes.AddDeleted(difference.Path, difference.IsDirectory);
        return deletes.Preview;
    }

    private static async Task<Transferred> WithSampleAsync(RunSession session, RunEvent.AttemptStarted started, string name, Transferred first, CancellationToken cancellationToken) =>
        first.Outcome is not TransferOutcome.Succeeded || first.Picked.Count == 0
            ? first
            : Sum(first, await session.CheckAsync(started, Pass.Baseline, EntryList.Of(first.Picked.Order(), ""), CheckPass.Content, $"{name}.{OfSample}", null, _ => true, cancellationToken));

    private static Transferred Sum(Transferred first, Transferred second) => second with
    {
        Elapsed = first.Elapsed + second.Elapsed,
        Directories = first.Directories,
        Checked = first.Checked is { } one && second.Checked is { } other ? Checked.Sum([one, other]) : null,
        Outcome = (first.Outcome, second.Outcome) is (TransferOutcome.Succeeded before, TransferOutcome.Succeeded then) ? new TransferOutcome.Succeeded(before.Vanished + then.Vanished) : second.Outcome,
    };

    // What is deleted at a level is told of with all below it, also where a bucket has that.
    private static bool IsOf(HashSet<EntryPath> ofBuckets, EntryPath path) => path.Upwards().Any(ofBuckets.Contains);
}

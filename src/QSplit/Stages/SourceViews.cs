using System.Collections.Immutable;
using QSplit.Fleets;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>
/// The source as several hosts see it, and this machine where it reads the tree. A host that lacks a mount finds nothing there: it is not believed alone
/// that an entry is gone, or that it is only on the target.
/// </summary>
internal static class SourceViews
{
    private const int MostOthers = 2;

    // A live source loses entries between the plan and the copy, and gets others while they are counted: so few, or so small a part of a large bucket,
    // prove nothing.
    private const long Few = 3;
    private const long Small = 10_000;
    private const int PartOfLarge = 20;

    // So many are a mistake rather than deletes of users: a tree that is not mounted, say.
    private const long Many = 10;
    private const int PartOfMany = 4;

    /// <summary>Which of some paths are on the source.</summary>
    /// <param name="first">Asked before others; null for none, where the paths are of the target.</param>
    /// <returns>For each path that somebody sees the name of who does.</returns>
    public static async Task<IReadOnlyDictionary<EntryPath, string>> WhoSeesAsync(
        RunSession session, IReadOnlyCollection<EntryPath> paths, Host? first, CancellationToken cancellationToken)
    {
        // A target that folds names shows one for two: what is only there by its bytes may be on the source by another spelling.
        var folds = first is null ? session.Findings.Hosts.Aggregate(NameFolding.None, (all, finding) => all | finding.Folds)
            : NameFolding.None;
        var seen = new Dictionary<EntryPath, string>();
        foreach (var (host, root) in Of(session, first))
        {
            var left = paths.Where(path => !seen.ContainsKey(path)).ToList();
            if (left.Count == 0 || cancellationToken.IsCancellationRequested) break;
            foreach (var path in await SourceLookup.WhichAsync(session.Around.Hosts.To(host), root, left, cancellationToken,
                folds) ?? []) seen[path] = host.Name;
        }
        return seen;
    }

    /// <summary>An attempt that came to its end, as it counts once others were asked about what it did not find on the source.</summary>
    /// <param name="planned">What it was given, with the number of entries as they were planned; null where that is not known.</param>
    public static async Task<Transferred> BelievedAsync(
        RunSession session, Transferred transferred, Host host, PlannedEntries? planned, CancellationToken cancellationToken)
    {
        if (transferred.Outcome is not (TransferOutcome.Succeeded or TransferOutcome.Partial { Complete: true })) return transferred;
        if (transferred.Outcome is TransferOutcome.Partial { Failures: { IsEmpty: false } failures })
        {
            planned = planned?.Without(failures);
            // What cannot be read is not gone.
            var failed = failures.Select(failure => EntryPath.Parse(failure.Path)).ToHashSet();
            transferred = transferred with { Gone = [.. transferred.Gone.Where(path => !path.Upwards().Any(failed.Contains))] };
        }
        var why = await WhyGoneIsWrongAsync(session, transferred, host, cancellationToken)
            ?? (planned is not null ? await WhyShortIsWrongAsync(session, transferred, host, planned, cancellationToken) : null);
        return why is null || cancellationToken.IsCancellationRequested ? transferred : transferred with { Outcome = why, Checked = null };
    }

    private static async Task<TransferOutcome?> WhyGoneIsWrongAsync(RunSession session, Transferred transferred, Host host, CancellationToken cancellationToken)
    {
        if (transferred.Gone.Count == 0) return null;
        var seen = await WhoSeesAsync(session, transferred.Gone, host, cancellationToken);
        if (seen.Count == 0) return IsFrozen(session) || IsOfSnapshot(session) ? RsyncExit.Incomplete(GoneAlthoughFrozen(transferred.Gone)) : null;
        var (path, by) = seen.MinBy(one => one.Key);
        var what = $"{Humane.Count(seen.Count, "planned entry", "planned entries")}, first {path},";
        return by == host.Name
            ? seen.Keys.All(transferred.Missed.Contains) ? WithMissed(transferred.Outcome, seen.Keys)
            : RsyncExit.Incomplete($"rsync did not find {what} on the source, where {by} has {(seen.Count == 1 ? "it" : "them")}")
            : new TransferOutcome.HostUnfit(
                $"{what} {(seen.Count == 1 ? "is" : "are")} not on the source as {host.Name} sees it, but {by} sees {(seen.Count == 1 ? "it" : "them")}: does {host.Name} lack a mount?");
    }

    // A file that was replaced meanwhile, or one that a file server lists and does not open.
    private static TransferOutcome.Partial WithMissed(TransferOutcome outcome, IEnumerable<EntryPath> missed) => new(
        [
            .. outcome is TransferOutcome.Partial partial ? partial.Failures : [],
            .. missed.Select(path => new FailedEntry(path.ToString(), "rsync did not find it, and it is there") { Class = ExceptionClass.Changed }),
        ],
        true);

    // A directory that looks empty where something should be mounted is no error of rsync's: only the number of entries tells.
    private static async Task<TransferOutcome?> WhyShortIsWrongAsync(
        RunSession session, Transferred transferred, Host host, PlannedEntries planned, CancellationToken cancellationToken)
    {
        if (transferred.Listed is not { } listed || !IsShort(session, listed, planned.Entries - planned.Failed.Length)) return null;
        // Of a host that did not answer this stays as it was.
        var expected = planned.Entries - planned.Failed.Length;
        var asked = new List<string>();
        foreach (var (other, root) in Of(session, host))
        {
            var transport = session.Around.Hosts.To(other);
            var all = await SourceLookup.CountAsync(transport, root, planned.Items, session.Job.Migration.LeaveOut, cancellationToken);
            var failed = await SourceLookup.CountAsync(transport, root, planned.Failed, session.Job.Migration.LeaveOut, cancellationToken);
            if (cancellationToken.IsCancellationRequested) return null;
            if (all is not { } counted || failed is not { } below) continue;
            var there = counted - below;
            asked.Add(other.Name);
            expected = Math.Min(expected, planned.Entries - below);
            if (!IsSeen(session, listed, expected, there)) continue;
            var what = $"{listed} entries below {NamesOf(planned.Items)}";
            return other.Name == host.Name
                ? RsyncExit.Incomplete($"rsync found {what}, where {host.Name} has {there}: is something mounted there that rsync does not see?")
                : new TransferOutcome.HostUnfit($"it found {what}, where {other.Name} sees {there}: does {host.Name} lack a mount?");
        }
        return WhyGoneForAllIsWrong(session, listed, expected, planned, asked);
    }

    private static TransferOutcome? WhyGoneForAllIsWrong(RunSession session, long listed, long expected, PlannedEntries planned, List<string> asked)
    {
        if (!IsShort(session, listed, expected)) return null;
        var missing = expected - listed;
        var by = asked.Count > 0 ? $", as {string.Join(" and ", asked)} {(asked.Count == 1 ? "sees" : "see")} it" : "";
        var what = $"{missing} of {expected} planned entries below {NamesOf(planned.Items)} are not on the source{by}";
        // A cluster's totals may be behind by some entries. A directory was read entry by entry.
        if (IsFrozen(session) && session.Job.Migration.Source is MigrationSource.Mounted) return RsyncExit.Incomplete($"{what}, although it is frozen");
        if (session.Job.Request.AcceptDrift || missing < Many || missing * PartOfMany < expected) return null;
        return RsyncExit.Incomplete(
            $"{what}: is everything mounted? If they were deleted on purpose, {(session.Run.IsVerification ? "sync first: --target=Sync" : "say so: --accept-drift")}");
    }

    private static string NamesOf(ImmutableArray<EntryPath> items) =>
        items[0] + (items.Length > 1 ? $" and {Humane.Count(items.Length - 1, "other path", "other paths")}" : "");

    private static bool IsFrozen(RunSession session) => session.Run.IsVerification && session.Job.Cutover is not null;

    // A frozen view of a cluster loses nothing. What its differences say of renamed entries is not exact.
    private static bool IsOfSnapshot(RunSession session) => session.Plan is { Snapshot: not null, Scope: PlanScope.Whole };

    private static string GoneAlthoughFrozen(IReadOnlyCollection<EntryPath> gone) =>
        $"{Humane.Count(gone.Count, "planned entry is", "planned entries are")} not on the source any more, first {gone.Min()}, although it is frozen";

    private static bool IsShort(RunSession session, long listed, long planned)
    {
        var missing = planned - listed;
        return IsFrozen(session) ? missing > 0 : missing >= Few && (planned <= Small || missing * PartOfLarge >= planned);
    }

    // Whether another sees at least half of what is missing.
    private static bool IsSeen(RunSession session, long listed, long planned, long there) =>
        there - listed is var more && (IsFrozen(session) ? more > 0 : more >= Few && more * 2 >= planned - listed);

    private static IEnumerable<(Host Host, string Root)> Of(RunSession session, Host? first)
    {
        if (session.Job.Migration.Mover == MoverKind.Robocopy) yield break;
        if (first is not null) yield return (first, session.Planned.SourceRootOn(first));
        var others = session.Job.Hosts.Where(host => host.Name != first?.Name && session.Findings.Of(host.Name) is { IsUsable: true });
        foreach (var host in others.Take(MostOthers)) yield return (host, session.Planned.SourceRootOn(host));
        // A directory was planned by this machine.
        if (session.Job.Migration.Source is MigrationSource.Mounted mounted && !session.Job.Hosts.Any(host => host.Local))
            yield return (Host.Here, mounted.Path);
    }
}

/// <summary>What an attempt is given.</summary>
/// <param name="Items">Each with all below it.</param>
/// <param name="Entries">How many entries these had when the plan was made.</param>
/// <param name="Failed">Paths that were left out or failed: they may be missing from what rsync lists, with all below them. None lies below another.</param>
internal sealed record PlannedEntries(ImmutableArray<EntryPath> Items, long Entries, ImmutableArray<EntryPath> Failed)
{
    /// <summary>What is expected where a whole bucket is copied or compared; null of other attempts. Of a plan of changes it is not known.</summary>
    public static PlannedEntries? Of(Plan plan, Transfer transfer)
    {
        if (transfer.Pass != Pass.Baseline || plan.Scope != PlanScope.Whole || transfer.Paths.Pretence?.Check is CheckPass.Extras or CheckPass.Content or CheckPass.Links) return null;
        if (plan.Buckets.FirstOrDefault(bucket => WorkUnit.OfBucket(bucket.Number) == transfer.Work) is not { } bucket) return null;
        var skipped = transfer.Skipped.Select(entry => EntryPath.Parse(entry.Path)).ToHashSet();
        var items = skipped.Count == 0 ? bucket.Items : bucket.Items.Where(item => !item.Upwards().Any(skipped.Contains));
        if (!EntryList.Of(items, "").AsSpan().SequenceEqual(transfer.List.Span)) return null;
        return new PlannedEntries(bucket.Items, bucket.Totals.Entries, []).Without(transfer.Skipped);
    }

    /// <summary>The same without what failed or was left out.</summary>
    /// <returns>Null where a path is too long: no shell can count what is below it.</returns>
    public PlannedEntries? Without(IEnumerable<FailedEntry> failures)
    {
        var all = failures.Select(failure => EntryPath.Parse(failure.Path)).Concat(Failed).ToHashSet();
        if (all.Any(LongPaths.IsTooLong)) return null;
        return this with { Failed = [.. all.Where(path => !path.Parent.Upwards().Any(all.Contains)).Order()] };
    }
}

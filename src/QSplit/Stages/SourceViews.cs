using System.Collections.Immutable;
using QSplit.Fleets;
using QSplit.Manifests;
using QSplit.Reports;
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

    /// <summary>Which of some paths are on the source.</summary>
    /// <param name="first">Asked before others; null for none, where the paths are of the target.</param>
    /// <returns>For each path that somebody sees the name of who does.</returns>
    public static async Task<IReadOnlyDictionary<EntryPath, string>> WhoSeesAsync(
        RunSession session, IReadOnlyCollection<EntryPath> paths, Host? first, CancellationToken cancellationToken)
    {
        // A target that folds case shows one name for two: what is only there by its bytes may be on the source by another spelling.
        var inAnyCase = first is null && session.Findings.Hosts.Any(finding => finding.FoldsCase);
        var seen = new Dictionary<EntryPath, string>();
        foreach (var (host, root) in Of(session, first))
        {
            var left = paths.Where(path => !seen.ContainsKey(path)).ToList();
            if (left.Count == 0 || cancellationToken.IsCancellationRequested) break;
            foreach (var path in await SourceLookup.WhichAsync(session.Around.Hosts.To(host), root, left, cancellationToken, inAnyCase) ?? []) seen[path] = host.Name;
        }
        return seen;
    }

    /// <summary>An attempt that ended well, as it counts once others were asked about what it did not find on the source.</summary>
    /// <param name="planned">What it was given, with the number of entries as they were planned; null where that is not known.</param>
    public static async Task<Transferred> BelievedAsync(
        RunSession session, Transferred transferred, Host host, PlannedEntries? planned, CancellationToken cancellationToken)
    {
        if (transferred.Outcome is not TransferOutcome.Succeeded) return transferred;
        var why = await WhyGoneIsWrongAsync(session, transferred, host, cancellationToken)
            ?? (planned is not null ? await WhyShortIsWrongAsync(session, transferred, host, planned, cancellationToken) : null);
        return why is null || cancellationToken.IsCancellationRequested ? transferred : transferred with { Outcome = why, Checked = null };
    }

    private static async Task<TransferOutcome?> WhyGoneIsWrongAsync(RunSession session, Transferred transferred, Host host, CancellationToken cancellationToken)
    {
        if (transferred.Gone.Count == 0) return null;
        var seen = await WhoSeesAsync(session, transferred.Gone, host, cancellationToken);
        if (seen.Count == 0) return IsFrozen(session) ? RsyncExit.Incomplete(GoneAlthoughFrozen(transferred.Gone)) : null;
        var (path, by) = seen.MinBy(one => one.Key);
        var what = $"{Humane.Count(seen.Count, "planned entry", "planned entries")}, first {path},";
        return by == host.Name
            ? RsyncExit.Incomplete($"rsync did not find {what} on the source, where {by} has {(seen.Count == 1 ? "it" : "them")}")
            : new TransferOutcome.HostUnfit(
                $"{what} {(seen.Count == 1 ? "is" : "are")} not on the source as {host.Name} sees it, but {by} sees {(seen.Count == 1 ? "it" : "them")}: does {host.Name} lack a mount?");
    }

    // A directory that looks empty where something should be mounted is no error of rsync's: only the number of entries tells.
    private static async Task<TransferOutcome?> WhyShortIsWrongAsync(
        RunSession session, Transferred transferred, Host host, PlannedEntries planned, CancellationToken cancellationToken)
    {
        if (transferred.Listed is not { } listed || !IsShort(session, listed, planned.Entries)) return null;
        foreach (var (other, root) in Of(session, host))
        {
            var transport = session.Around.Hosts.To(other);
            var count = await SourceLookup.CountAsync(transport, root, planned.Items, session.Job.Migration.LeaveOut, cancellationToken);
            if (cancellationToken.IsCancellationRequested || count is not { } there || !IsSeen(session, listed, planned.Entries, there)) continue;
            var others = planned.Items.Length > 1 ? $" and {Humane.Count(planned.Items.Length - 1, "other path", "other paths")}" : "";
            var what = $"{listed} entries below {planned.Items[0]}{others}";
            return other.Name == host.Name
                ? RsyncExit.Incomplete($"rsync found {what}, where {host.Name} has {there}: is something mounted there that rsync does not see?")
                : new TransferOutcome.HostUnfit($"it found {what}, where {other.Name} sees {there}: does {host.Name} lack a mount?");
        }
        return null;
    }

    private static bool IsFrozen(RunSession session) => session.Run.IsVerification && session.Job.Cutover is not null;

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
internal sealed record PlannedEntries(ImmutableArray<EntryPath> Items, long Entries);

using System.Collections.Immutable;
using System.Globalization;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>What a host's target cannot store of a planned tree: pure. Known of trees that were crawled, but for the room.</summary>
internal static class PlanRules
{
    /// <param name="isFirst">Whether nothing of it is on the target, as far as is known: then it has to have room for all.</param>
    public static IEnumerable<Finding> Of(Plan plan, HostFinding host, PreflightRequest request, bool isFirst)
    {
        if (host is not { IsDown: false, Facts: { } facts }) return [];
        var owners = OwnerRules.Of(facts, plan.Facts?.Owners ?? [], request.Options);
        var findings = new[] { Clashes(plan, host), Times(plan, host), Names(plan, host, request.Options), owners };
        return isFirst ? findings.Append(Room(plan, facts, request)).OfType<Finding>() : findings.OfType<Finding>();
    }

    /// <summary>What was found of hosts, and what that means for a plan.</summary>
    public static FleetFinding With(FleetFinding fleet, Plan plan, PreflightRequest request, bool isFirst) => new(
    [
        .. fleet.Hosts.Select(host =>
        {
            var own = Of(plan, host, request, isFirst).ToList();
            // What was said without the plan is said with more of it.
            var rest = host.Findings.Where(finding => !own.Exists(other => other.Text.StartsWith(finding.Text, StringComparison.Ordinal)));
            return host with { Findings = [.. rest, .. own] };
        }),
    ]);

    // The holes of one file can fill a target that has room for all that the source holds.
    private static Finding? Room(Plan plan, HostFacts facts, PreflightRequest request)
    {
        if (RoomRules.WhyHolesFill(facts, request.Reserve, plan.Totals, request.Options) is { } why)
        {
            var files = plan.Facts is { SparseFiles: > 0 and var sparse } ? $" {Count(sparse, "file has", "files have")} holes, " +
                $"{Count(plan.Facts.HoleBytes)} bytes in all." : "";
            return Finding.Problem(why + files);
        }
        return RoomRules.Of(facts, request.Reserve, plan.Totals, request.Options).FirstOrDefault();
    }

    private static Finding? Clashes(Plan plan, HostFinding host)
    {
        var clashes = plan.CaseClashes.Where(clash => host.Folds.HasFlag(clash.Folds)).ToList();
        if (clashes.Count == 0) return null;
        var more = clashes.Count > Trees.CaseClashes.Most ? "More than " : "";
        return Finding.Warning($"{more}{Count(Math.Min(clashes.Count, Trees.CaseClashes.Most), "planned entry has", "planned entries have")} the name of another for {host.Facts!.Target}, which folds {ProbeRules.Words(host.Folds)}: " +
            $"first {clashes[0].Path}, as {clashes[0].With}. Files among them are not copied but named as exceptions; directories " +
                $"become one. Rename them on the source.");
    }

    private static Finding? Times(Plan plan, HostFinding host)
    {
        var lost = (plan.Facts?.Times ?? []).Where(time => host.UnkeptTimes.Any(at => TimeRanges.All[at].From == time.From)).ToList();
        if (lost.Count == 0) return null;
        return Finding.Warning($"{Count(lost.Sum(time => time.Entries), "planned entry has a time", "planned entries have times")} " +
            $"that {host.Facts!.Target} does not store ({string.Join(", ", lost.Select(Range))}), first {lost[0].First}: " +
            "the data is copied, and the times differ. Later syncs compare the buckets of such files by checksums, so that nothing is " +
                "copied again; a verification names the entries.");
    }

    private static Finding? Names(Plan plan, HostFinding host, ImmutableArray<string> options)
    {
        if (host.MostNames is not { } most || options.Asking('H', "--hard-links") is null || plan.ForgoesHardLinks) return null;
        var files = (plan.Facts?.ManyNames ?? []).Where(file => file.Names > most).ToList();
        if (files.Count == 0) return null;
        return Finding.Warning($"{Count(files.Count, "file has", "files have")} more names (hard links) than {host.Facts!.Target} " +
            $"takes ({Count(most)}), first {files[0].First} with {Count(files[0].Names)}: " +
            $"{Count(files.Sum(file => file.Names - most), "name is", "names are")} not copied but named as exceptions.");
    }

    private static string Range(TimeCount time) => time switch
    {
        { From: long.MinValue } => $"before {Day(time.Until)}",
        { Until: long.MaxValue } => $"{Day(time.From)} or later",
        _ => $"{Day(time.From)} to {Day(time.Until)}",
    };

    private static string Day(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Count(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

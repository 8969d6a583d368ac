using System.Collections.Immutable;
using QSplit.Partitioning;
using QSplit.Preflights;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>Says before a planned tree is copied what the target cannot store of it, as each host sees the target.</summary>
internal static class TargetLimits
{
    /// <summary>Says what becomes of it all, once for hosts that are alike.</summary>
    /// <param name="isFirst">Whether nothing of it is on the target, as far as is known.</param>
    /// <exception cref="StorageException">It would not be as the manifest asks for.</exception>
    public static void Require(Planned planned, CheckedFleet fleet, bool isFirst, Surroundings around)
    {
        var request = fleet.RequestOf(planned.Job);
        // What preflight said already, it need not say again.
        var all = fleet.Findings.Hosts
            .SelectMany(host => PlanRules.Of(planned.Plan, host, request, isFirst).Where(finding => !host.Findings.Contains(finding))
                .Select(finding => (host.Host, finding)))
            .GroupBy(one => one.finding, one => one.Host).ToList();
        if (all.FirstOrDefault(one => one.Key.Severity == Severity.Problem) is { } problem)
        {
            var hosts = string.Join(", ", problem);
            throw new StorageException($"Migration {planned.Job.Migration.Name} cannot begin.{Environment.NewLine}{hosts}: {problem.Key.Text}");
        }
        foreach (var one in all)
        {
            var hosts = one.All(host => host == ReadManifest.ImpliedHost) ? "" : $"{string.Join(", ", one)}: ";
            around.View.Say($"{planned.Job.Migration.Name}: {hosts}{one.Key.Text}");
        }
    }

    /// <summary>The job with what any host has mounted inside the target: the plan shows it.</summary>
    public static Job WithMounts(this Job job, FleetFinding found) => job with { TargetMounts = [.. TargetMounts.WithTypes(found)] };

    /// <summary>All that is mounted inside the source, and inside the target with what is planned to go there.</summary>
    public static ImmutableArray<NestedTree> MountsOf(Job job, LocalTree tree)
    {
        var here = job.Hosts.Any(host => host.Local) && MountTable.Resolved(job.Migration.Mounts.Target) is { } target
            ? MountTable.Below(target) : [];
        return
        [
            .. tree.Mounts,
            .. job.TargetMounts.Concat(here).DistinctBy(mount => mount.Path).OrderBy(mount => mount.Path)
                .Select(mount => new NestedTree(mount.Path, mount.Type, tree.TotalsOf(mount.Path) ?? Totals.Zero) { InTarget = true }),
        ];
    }

    /// <summary>What was counted of a crawled tree, with the buckets that have files whose times are odd.</summary>
    public static TreeFacts FactsOf(LocalTree tree, Plan plan)
    {
        if (tree.Facts.Times.IsEmpty) return tree.Facts;
        var levels = plan.Levels.ToHashSet();
        var owners = plan.Buckets.SelectMany(bucket => bucket.Items, (bucket, item) => (item, bucket.Number)).ToDictionary();
        return tree.Facts with
        {
            // A seal looks at what lies in shared directories, too.
            Times =
            [
                .. tree.Facts.Times.Zip(tree.OddTimes, (time, files) => time with
                {
                    Buckets = files is null ? [0, .. plan.Buckets.Select(bucket => bucket.Number)]
                        : [.. files.SelectMany(Numbers).Distinct().Order()],
                }),
            ],
        };

        IEnumerable<int> Numbers(EntryPath file) => levels.Contains(file.Parent) ? [0, LinkedNames.OwnerOf(owners, file)] : [LinkedNames.OwnerOf(owners, file)];
    }
}

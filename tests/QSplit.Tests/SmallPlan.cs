using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Tests;

/// <summary>A plan of few buckets, each a tree of its own, and the events of a run over it.</summary>
internal static class SmallPlan
{
    /// <summary>Buckets from number 1 on, with so many bytes each, which take as many seconds.</summary>
    public static Plan Of(params ReadOnlySpan<long> bytes)
    {
        var buckets = ImmutableArray.CreateBuilder<Bucket>();
        foreach (var size in bytes)
            buckets.Add(new(buckets.Count + 1, new Totals(size, size, 10), TimeSpan.FromSeconds(size), [EntryPath.Parse($"tree-{buckets.Count + 1}")]));
        var totals = buckets.Aggregate(Totals.Zero, (sum, bucket) => sum + bucket.Totals);
        return new Plan("music", "202611221730", "/mnt/old", totals, buckets.ToImmutable(), [EntryPath.Root], new PlanBalance(BalanceBy.Capacity, 0, 0, 0), []);
    }

    public static RunState Begun(Plan plan) =>
        RunState.Begin("music/202611221730", new RunEvent.Started("music", "music/202611221730", new RunTerms("/mnt/old", "/mnt/new", ""), plan.Buckets.Length));

    public static RunEvent.AttemptStarted Start(int bucket, int attempt = 1, int slot = 1) => new(WorkUnit.OfBucket(bucket), attempt, "here", slot, 0);

    public static RunEvent.AttemptEnded End(int bucket, TransferOutcome outcome, int attempt = 1, Moved moved = default, double seconds = 1) =>
        new(WorkUnit.OfBucket(bucket), attempt, outcome, moved, seconds);

    public static RunState After(Plan plan, params IEnumerable<RunEvent> events) => events.Aggregate(Begun(plan), (run, e) => run.After(e));
}

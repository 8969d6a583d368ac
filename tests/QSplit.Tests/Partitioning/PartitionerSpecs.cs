using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

/// <summary>What holds for any tree.</summary>
public sealed class PartitionerSpecs
{
    private static readonly BalanceBy[] Ways = Enum.GetValues<BalanceBy>();

    [Fact]
    public void Every_entry_is_in_exactly_one_item_or_is_a_level() => ForAnyTree(async (tree, buckets) =>
    {
        foreach (var by in Ways)
        {
            var plan = await MemoryTree.PlanAsync(tree, buckets, by);
            var items = plan.Buckets.SelectMany(bucket => bucket.Items).ToList();
            foreach (var (path, _) in tree.Entries())
                (items.Count(item => path.IsWithin(item)) + plan.Levels.Count(level => level == path)).ShouldBe(1, $"{path} in {by}");
            foreach (var item in items) tree.Entries().ShouldContain(entry => entry.Path == item);
        }
    });

    [Fact]
    public void Totals_are_kept() => ForAnyTree(async (tree, buckets) =>
    {
        var plan = await MemoryTree.PlanAsync(tree, buckets, BalanceBy.Cost);
        plan.Totals.ShouldBe(tree.Totals);
        plan.Buckets.Aggregate(new Totals(0, 0, plan.Levels.Length), (sum, bucket) => sum + bucket.Totals).ShouldBe(tree.Totals);
        foreach (var bucket in plan.Buckets)
            bucket.Totals.ShouldBe(tree.Entries().Where(entry => bucket.Items.Contains(entry.Path)).Aggregate(Totals.Zero, (sum, entry) => sum + entry.Node.Totals));
    });

    [Fact]
    public void A_plan_is_in_order() => ForAnyTree(async (tree, buckets) =>
    {
        var plan = await MemoryTree.PlanAsync(tree, buckets);
        plan.Buckets.Length.ShouldBeLessThanOrEqualTo(buckets);
        plan.Buckets.Select(bucket => bucket.Number).ShouldBe(Enumerable.Range(1, plan.Buckets.Length));
        plan.Buckets.Select(bucket => bucket.Totals.Bytes).ShouldBeInOrder(SortDirection.Descending);
        foreach (var bucket in plan.Buckets) bucket.Items.ShouldNotBeEmpty();
        foreach (var list in plan.Buckets.Select(bucket => bucket.Items).Append(plan.Levels)) list.ShouldBe(list.Order());
        plan.Levels[0].ShouldBe(EntryPath.Root);
        foreach (var level in plan.Levels) plan.Levels.ShouldContain(level.Parent);
    });

    [Fact]
    public void The_same_tree_gives_the_same_plan_in_whatever_order_the_source_lists_it() => ForAnyTree(async (tree, buckets) =>
    {
        var plan = await MemoryTree.PlanAsync(tree, buckets);
        var other = await MemoryTree.PlanAsync(AnyTree.Shuffled(tree, new(buckets)), buckets);
        Plans.ShouldBeTheSame(other, plan);
    });

    /// <summary>
    /// Placing the heaviest first leaves no bucket more than the last item placed in it above the mean; so where no file weighs more than
    /// 1 % of the mean, the tree allows 1 %, and otherwise the excess is at most the largest file.
    /// </summary>
    [Fact]
    public void The_heaviest_bucket_is_within_1_percent_or_within_one_file() => ForAnyTree(async (tree, buckets) =>
    {
        var plan = await MemoryTree.PlanAsync(tree, buckets);
        var largest = tree.Entries().Where(entry => entry.Node.Kind != EntryKind.Directory).Select(entry => (double)entry.Node.Bytes).DefaultIfEmpty().Max();
        var mean = (double)tree.Totals.Bytes / buckets;
        plan.Balance.Heaviest.ShouldBeLessThanOrEqualTo(Math.Max(mean * 1.01, mean + largest) + 1e-6);
        plan.Balance.Bound.ShouldBeLessThanOrEqualTo(Math.Max(mean, largest) + 1e-6);
    });

    [Fact]
    public async Task Fine_files_are_balanced_within_1_percent_however_directories_nest()
    {
        var sample = Gen.Choose(0, int.MaxValue).Sample(40, 40);
        foreach (var seed in sample)
        {
            var (random, buckets) = (new Random(seed), 1 + (seed % 6));
            var tree = MadeTree.Of(files: 1_000, directories: 1 + random.Next(300), random, _ => 50 + random.Next(50));
            var plan = await MemoryTree.PlanAsync(tree, buckets);
            tree.Entries().Max(entry => entry.Node.Bytes).ShouldBeLessThan(tree.Totals.Bytes / buckets / 100);
            plan.Balance.Heaviest.ShouldBeLessThanOrEqualTo(plan.Balance.Bound * 1.01);
            plan.Balance.Bound.ShouldBe((double)tree.Totals.Bytes / buckets, 1e-6);
        }
    }

    /// <summary>Graham's bound of 1969, or the tolerance where that is wider.</summary>
    [Fact]
    public void No_partition_of_the_files_beats_it_by_more_than_a_third()
    {
        var small = AnyTree.Trees.Filter(tree => tree.Entries().Count(entry => entry.Node.Bytes > 0) is > 0 and < 11);
        ForAll(small, Gen.Choose(1, 3).ToArbitrary(), async (tree, buckets) =>
        {
            var plan = await MemoryTree.PlanAsync(tree, buckets);
            var best = Optimum([.. tree.Entries().Select(entry => entry.Node.Bytes).Where(bytes => bytes > 0)], 0, new long[buckets]);
            plan.Balance.Heaviest.ShouldBeLessThanOrEqualTo(Math.Max(1.01, (4.0 / 3) - (1.0 / (3 * buckets))) * best + 1e-6);
            plan.Balance.Bound.ShouldBeLessThanOrEqualTo(best + 1e-6);
        });
    }

    private static long Optimum(ImmutableArray<long> files, int next, long[] loads)
    {
        if (next == files.Length) return loads.Max();
        var best = long.MaxValue;
        for (var bucket = 0; bucket < loads.Length; bucket++)
        {
            loads[bucket] += files[next];
            best = Math.Min(best, Optimum(files, next + 1, loads));
            loads[bucket] -= files[next];
        }
        return best;
    }

    private static void ForAnyTree(Func<Node, int, Task> holds) => ForAll(AnyTree.Trees, AnyTree.Buckets, holds);

    private static void ForAll(Arbitrary<Node> trees, Arbitrary<int> buckets, Func<Node, int, Task> holds) =>
        Prop.ForAll(trees, buckets, (tree, count) => holds(tree, count).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();
}

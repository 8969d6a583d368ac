using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

/// <summary>A plan of changes has each of them, and never what lies beside them.</summary>
public sealed class ChangedTreeSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task Each_change_is_in_one_bucket_and_each_directory_around_one_is_a_level(int buckets)
    {
        ChangedEntry[] changes =
        [
            Change("a/b/c/file", ChangedPart.Entry, 5000), Change("a/b/other", ChangedPart.Entry, 100), Change("x/new", ChangedPart.Whole, 9000), Change("loose", ChangedPart.Entry, 1),
            Change("a/mode", ChangedPart.Attributes, 0), Change("a/b", ChangedPart.Attributes, 0),
        ];

        var plan = await PlanAsync(buckets, changes);

        plan.Buckets.SelectMany(bucket => bucket.Items).Select(item => item.ToString()).Order(StringComparer.Ordinal).ShouldBe(["./a/b/c/file", "./a/b/other", "./loose", "./x/new"]);
        plan.Levels.Select(level => level.ToString()).ShouldBe([".", "./a", "./a/b", "./a/b/c", "./a/mode", "./x"], ignoreOrder: true);
        plan.Totals.Bytes.ShouldBe(14_101);
    }

    [Fact]
    public async Task Attributes_alone_make_no_bucket()
    {
        var plan = await PlanAsync(4, [Change("a/b", ChangedPart.Attributes, 0)]);

        plan.Buckets.ShouldBeEmpty();
        plan.Levels.Select(level => level.ToString()).ShouldBe([".", "./a", "./a/b"], ignoreOrder: true);
    }

    [Fact]
    public async Task Many_changes_are_cut_into_even_buckets()
    {
        var random = new Random(1);
        var changes = Enumerable.Range(0, 3000).Select(i => Change($"d{i % 50}/e{i % 7}/f{i}", ChangedPart.Entry, random.Next(1, 2_000_000))).ToArray();

        var plan = await PlanAsync(8, changes);

        plan.Buckets.Sum(bucket => bucket.Items.Length).ShouldBe(3000);
        (plan.Balance.Heaviest / plan.Balance.Bound).ShouldBeLessThan(1.01);
    }

    [Fact]
    public async Task Directories_without_changes_in_them_can_be_read_at_once()
    {
        var directories = Enumerable.Range(0, 20_000).Select(i => $"d{i}").ToList();
        var tree = new ChangedTree("/mnt/old", directories.Select(d => Change(d, ChangedPart.Attributes, 0)));

        await Parallel.ForEachAsync(directories, TestContext.Current.CancellationToken, async (directory, token) => (await tree.ReadAsync(EntryPath.Parse(directory), token)).Children.ShouldBeEmpty());
    }

    private static ChangedEntry Change(string path, ChangedPart part, long bytes) => new(EntryPath.Parse(path), part, part == ChangedPart.Attributes ? Totals.Zero : new(bytes, bytes, 1));

    private static Task<Plan> PlanAsync(int buckets, ChangedEntry[] changes) => Planner.PlanAsync(
        new ChangedTree("/mnt/old", changes), new("music", DateTimeOffset.UnixEpoch, CostModel.Default(BalanceBy.Cost), buckets, 0), TestContext.Current.CancellationToken);
}

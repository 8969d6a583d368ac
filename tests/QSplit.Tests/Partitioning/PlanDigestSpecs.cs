using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

/// <summary>Two plans that do the same are the same but for when they were made.</summary>
public sealed class PlanDigestSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_plans_of_an_unchanged_source_are_byte_equal_apart_from_the_stamp()
    {
        var tree = MadeTree.Of(3_000, 300, new(5), MadeTree.Skewed);
        var first = Write("first", await PlanAsync(tree, 0));
        var second = Write("second", await PlanAsync(AnyTree.Shuffled(tree, new(1)), 90));

        second.Digest.ShouldBe(first.Digest);
        second.Stamp.ShouldNotBe(first.Stamp);
        Text("second").Replace(second.Stamp, first.Stamp, StringComparison.Ordinal).ShouldBe(Text("first"));
        foreach (var bucket in first.Buckets)
            File.ReadAllBytes(Path.Combine(_folder.Path, "second", BucketFile.NameOf(second.Stamp, bucket))).ShouldBe(File.ReadAllBytes(Path.Combine(_folder.Path, "first", BucketFile.NameOf(first.Stamp, bucket))));
    }

    [Fact]
    public async Task Whatever_a_plan_says_is_in_its_digest()
    {
        var plan = await PlanAsync(Node.Tree(Node.File("a", 9), Node.File("b", 5), Node.File("c", 5)), 0);
        var digest = Write("plan", plan).Digest;
        Plan[] others =
        [
            plan with { Totals = plan.Totals with { Bytes = 20 } },
            plan with { Buckets = [plan.Buckets[0], plan.Buckets[1] with { Items = [EntryPath.Parse("b"), EntryPath.Parse("d")] }] },
            plan with { Snapshot = new("7", "7_x", DateTimeOffset.UnixEpoch, null) },
            plan with { Terms = new("migrations.yml", "01", "/a", "/b", "", "") },
            plan with { Notes = [new(TreeNoteKind.LeftOut, EntryPath.Root, "x")] },
            plan with { Migration = "other" },
        ];

        foreach (var other in others) Write("other", other).Digest.ShouldNotBe(digest);
    }

    private static async Task<Plan> PlanAsync(Node tree, int minutes) => await Planner.PlanAsync(
        new MemoryTree(tree),
        new("demo", DateTimeOffset.UnixEpoch.AddMinutes(minutes), CostModel.Default(BalanceBy.Cost), 2, 2),
        TestContext.Current.CancellationToken);

    private Plan Write(string name, Plan plan) => PlanFile.Write(Path.Combine(_folder.Path, name), plan);

    private string Text(string name) => File.ReadAllText(Path.Combine(_folder.Path, name, PlanFile.Name));
}

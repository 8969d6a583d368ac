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

        (second.Digest, second.Checksum).ShouldBe((first.Digest, first.Checksum));
        second.Stamp.ShouldNotBe(first.Stamp);
        Text("second").Replace(second.Stamp, first.Stamp, StringComparison.Ordinal).ShouldBe(Text("first"));
        foreach (var bucket in first.Buckets)
            File.ReadAllBytes(Path.Combine(_folder.Path, "second", BucketFile.NameOf(second.Stamp, bucket))).ShouldBe(File.ReadAllBytes(Path.Combine(_folder.Path, "first", BucketFile.NameOf(first.Stamp, bucket))));
    }

    [Fact]
    public async Task Costs_that_are_learned_change_the_cut_and_not_the_digest()
    {
        var tree = MadeTree.Of(3_000, 300, new(5), MadeTree.Skewed);
        var first = Write("first", await PlanAsync(tree, 0));

        var second = Write("second", await PlanAsync(tree, 90, new(BalanceBy.Cost, 1e9, 0.01), 7));
        var changed = Write("changed", await PlanAsync(Node.Tree([.. tree.Children, Node.File("new", 1)]), 90));

        (second.Buckets.Length, second.Levels.SequenceEqual(first.Levels)).ShouldBe((7, false));
        second.Digest.ShouldBe(first.Digest);
        second.Checksum.ShouldNotBe(first.Checksum);
        changed.Digest.ShouldNotBe(first.Digest);
    }

    [Fact]
    public async Task What_is_moved_is_in_the_digest_and_whatever_a_plan_says_in_its_checksum()
    {
        var plan = await PlanAsync(Node.Tree(Node.File("a", 9), Node.File("b", 5), Node.File("c", 5)), 0);
        var written = Write("plan", plan);
        Plan[] ofOtherThings =
        [
            plan with { SourceSha256 = "01" },
            plan with { Snapshot = new("7", "7_x", DateTimeOffset.UnixEpoch, null) },
            plan with { Terms = new("migrations.yml", "01", "/a", "/b", "", "") },
            plan with { CaseClashes = [new(EntryPath.Parse("a"), EntryPath.Parse("A"), false)] },
            plan with { Migration = "other" },
        ];
        Plan[] cutOtherwise =
        [
            plan with { Totals = plan.Totals with { Bytes = 20 } },
            plan with { Buckets = [plan.Buckets[0], plan.Buckets[1] with { Items = [EntryPath.Parse("b"), EntryPath.Parse("d")] }] },
            plan with { Notes = [new(TreeNoteKind.LeftOut, EntryPath.Root, "x")] },
        ];

        foreach (var other in ofOtherThings) Write("other", other).Digest.ShouldNotBe(written.Digest);
        foreach (var other in cutOtherwise) Write("other", other).Digest.ShouldBe(written.Digest);
        foreach (var other in ofOtherThings.Concat(cutOtherwise)) Write("other", other).Checksum.ShouldNotBe(written.Checksum);
    }

    private static async Task<Plan> PlanAsync(Node tree, int minutes, CostModel? cost = null, int buckets = 2) => await Planner.PlanAsync(
        new MemoryTree(tree),
        new("demo", DateTimeOffset.UnixEpoch.AddMinutes(minutes), cost ?? CostModel.Default(BalanceBy.Cost), buckets, 2),
        TestContext.Current.CancellationToken);

    private Plan Write(string name, Plan plan) => PlanFile.Write(Path.Combine(_folder.Path, name), plan);

    private string Text(string name) => File.ReadAllText(Path.Combine(_folder.Path, name, PlanFile.Name));
}

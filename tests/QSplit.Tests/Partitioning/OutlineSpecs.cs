using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

/// <summary>The tree of a plan in few directories.</summary>
public sealed class OutlineSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_tree_with_many_directories_has_the_heaviest_in_its_outline()
    {
        var plan = await MemoryTree.PlanAsync(Node.Tree(Enumerable.Range(0, 3_000).Select(i => Node.Directory($"d{i}", Node.File("x", 1_000 + i)))), 2);

        plan.Outline.Directories.Length.ShouldBe(OutlineWriter.Most);
        plan.Outline.Directories[0].ShouldBe(new(EntryPath.Root, plan.Totals with { Entries = 6_001 }, IsRead: true, IsWhole: false));
        plan.Outline.Directories.Skip(1).Min(directory => directory.Totals.Bytes).ShouldBeGreaterThanOrEqualTo(3_000);
    }

    [Fact]
    public async Task The_largest_files_of_a_cluster_are_those_that_were_read()
    {
        var plan = await MemoryTree.PlanAsync(Node.Tree(Node.Directory("a", Node.File("x", 900)), Node.File("b", 30), Node.File("c", 30), Node.File("d", 40)), 1);

        plan.LargestFiles.Select(file => $"{file.Path} {file.Totals.Bytes}").ShouldBe(["./d 40", "./b 30", "./c 30"]);
    }

    [Fact]
    public async Task Of_a_crawled_tree_all_files_are_known_and_the_outline_goes_deep()
    {
        for (var i = 0; i < 40; i++) Write($"a/b/c/file-{i:00}", 5_000 + (1_000 * i));
        Write("small/x", 10);
        var tree = await LocalTree.CrawlAsync(_folder.Path, new LocalTreeOptions(), null, TestContext.Current.CancellationToken);
        var plan = await Planner.PlanAsync(tree, new("demo", DateTimeOffset.UnixEpoch, CostModel.Default(BalanceBy.Cost), 1, 1), TestContext.Current.CancellationToken);

        plan.Levels.ShouldBe([EntryPath.Root]);
        plan.Outline.Directories.Select(directory => directory.Path.ToString()).ShouldBe([".", "./a", "./a/b", "./a/b/c", "./small"]);
        plan.LargestFiles.Length.ShouldBe(OutlineWriter.MostFiles);
        plan.LargestFiles.Select(file => file.Path.ToString()).ShouldBe(Enumerable.Range(20, 20).Reverse().Select(i => $"./a/b/c/file-{i:00}"));
    }

    [Fact]
    public async Task Reading_it_again_finds_what_changed_by_asking_for_the_same_directories()
    {
        Node Tree(int more, bool isOld) => Node.Tree(
            Node.Directory("grows", Node.Directory("here", Node.File("x", 500 + more)), Node.File("y", 500)),
            isOld ? Node.Directory("goes", Node.File("x", 200)) : Node.Directory("comes", Node.File("x", 300)));
        var plan = await MemoryTree.PlanAsync(Tree(0, true), 4);
        var now = new MemoryTree(Tree(100, false));

        var difference = PlanDifference.Between(plan.Outline, await Outlines.ReadAgainAsync(plan.Outline, now, TestContext.Current.CancellationToken));

        difference.Changes.Select(change => $"{change.Path} {change.Before?.Bytes} {change.After?.Bytes}").ShouldBe(["./comes  300", "./goes 200 ", "./grows/here 500 600"]);
        now.Read.Count.ShouldBeLessThanOrEqualTo(plan.Levels.Length);
    }

    private void Write(string path, int size)
    {
        var full = Path.Combine(_folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, new byte[size]);
    }
}

using System.Diagnostics;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

/// <summary>Trees of a certain shape.</summary>
public sealed class PlannerSpecs
{
    [Fact]
    public async Task One_bucket_holds_what_the_root_holds_and_nothing_else_is_read()
    {
        var source = new MemoryTree(Node.Tree(Node.Directory("a", Node.File("x", 9)), Node.File("b", 1)));
        var plan = await source.PlanAsync(1);
        plan.Buckets.ShouldHaveSingleItem().Items.ShouldBe(Paths("a", "b"));
        plan.Levels.ShouldBe([EntryPath.Root]);
        source.Read.ShouldBe([EntryPath.Root]);
    }

    [Fact]
    public async Task More_buckets_than_files_gives_as_many_as_there_are_files()
    {
        var plan = await MemoryTree.PlanAsync(Node.Tree(Node.Directory("a", Node.File("x", 5), Node.File("y", 5)), Node.File("b", 5)), 64);
        plan.Buckets.Select(bucket => bucket.Items.ShouldHaveSingleItem()).Order().ShouldBe(Paths("a/x", "a/y", "b"));
        plan.Balance.ShouldBe(new(BalanceBy.Capacity, 5, 5, 5));
    }

    [Fact]
    public async Task One_giant_file_has_a_bucket_to_itself_and_what_is_light_stays_whole()
    {
        var light = Enumerable.Range(0, 50).Select(i => Node.Directory($"d{i}", Node.File("x", 10), Node.File("y", 10)));
        var source = new MemoryTree(Node.Tree([Node.Directory("deep", Node.Directory("er", Node.File("giant", 1_000_000))), .. light]));
        var plan = await source.PlanAsync(4);
        plan.Buckets[0].Items.ShouldBe(Paths("deep/er/giant"));
        plan.Balance.Heaviest.ShouldBe(plan.Balance.Bound);
        plan.Levels.ShouldBe(Paths("", "deep", "deep/er"));
        source.Read.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_flat_directory_of_200000_files_is_divided(bool equal)
    {
        var random = new Random(1);
        var files = Enumerable.Range(0, 200_000).Select(i => Node.File($"file{i:000000}", equal ? 4096 : MadeTree.Skewed(random)));
        var tree = Node.Tree(Node.Directory("flat", files), Node.Directory("empty"));
        // Takes about one second. A quadratic algorithm takes minutes.
        var plan = await MemoryTree.PlanAsync(tree, 64, BalanceBy.Cost);
        plan.Buckets.Sum(bucket => bucket.Items.Length).ShouldBe(200_001);
        plan.Balance.Heaviest.ShouldBeLessThanOrEqualTo(plan.Balance.Bound * 1.01);
    }

    [Fact]
    public async Task What_lies_60_levels_deep_is_found_and_divided()
    {
        var deep = Enumerable.Range(0, 60).Aggregate(
            Node.Directory("bottom", Enumerable.Range(0, 400).Select(i => Node.File($"f{i}", 10))), (below, i) => Node.Directory($"d{i}", below));
        var plan = await MemoryTree.PlanAsync(Node.Tree(deep), 3);
        plan.Levels.Length.ShouldBe(62);
        plan.Levels[^1].Depth.ShouldBe(61);
        plan.Balance.Heaviest.ShouldBeLessThanOrEqualTo(plan.Balance.Bound * 1.01);
    }

    [Theory]
    [InlineData(BalanceBy.Capacity)]
    [InlineData(BalanceBy.Files)]
    [InlineData(BalanceBy.Cost)]
    public async Task Empty_directories_are_items_and_never_read(BalanceBy by)
    {
        var source = new MemoryTree(Node.Tree(Enumerable.Range(0, 10).Select(i => Node.Directory($"e{i}"))));
        var plan = await source.PlanAsync(4, by);
        plan.Buckets.Length.ShouldBe(4);
        plan.Buckets.Max(bucket => bucket.Items.Length).ShouldBe(3);
        source.Read.ShouldBe([EntryPath.Root]);
    }

    [Theory]
    [InlineData(BalanceBy.Capacity)]
    [InlineData(BalanceBy.Cost)]
    public async Task An_empty_tree_is_a_level_and_no_bucket(BalanceBy by)
    {
        var plan = await MemoryTree.PlanAsync(Node.Tree(), null, by);
        plan.Buckets.ShouldBeEmpty();
        plan.Levels.ShouldBe([EntryPath.Root]);
        plan.Totals.ShouldBe(new(0, 0, 1));
        plan.Balance.ShouldBe(new(by, 0, 0, 0));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(3.0)]
    [InlineData(-1.0)]
    public async Task Totals_that_lag_behind_on_a_live_cluster_are_tolerated(double factor)
    {
        var tree = MadeTree.Of(2_000, 200, new(7), MadeTree.Skewed);
        Totals Lagging(Node node) => node.Kind == EntryKind.Directory ? node.Totals with { Bytes = (long)(node.Totals.Bytes * factor) } : node.Totals;
        var plan = await new MemoryTree(tree) { Says = Lagging }.PlanAsync(4);
        var items = plan.Buckets.SelectMany(bucket => bucket.Items).ToHashSet();
        foreach (var (path, _) in tree.Entries())
            (Above(path).Count(items.Contains) + plan.Levels.Count(level => level == path)).ShouldBe(1);
    }

    [Fact]
    public async Task A_directory_that_turns_out_empty_stays_an_item()
    {
        var tree = Node.Tree(Node.Directory("gone"), Node.File("b", 1), Node.File("c", 1));
        var plan = await new MemoryTree(tree) { Says = node => node.Name.Length == 4 ? new(1000, 1000, 1000) : node.Totals }.PlanAsync(2);
        plan.Buckets.SelectMany(bucket => bucket.Items).Order().ShouldBe(Paths("b", "c", "gone"));
        plan.Levels.ShouldBe([EntryPath.Root]);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a\\#000b")]
    public async Task A_child_that_cannot_be_named_is_left_to_the_last_pass_and_all_else_is_divided(string name)
    {
        var plan = await MemoryTree.PlanAsync(Node.Tree(Node.Directory("bad", Node.File("x", 900), Node.File("y", 800), Node.File(name, 700)), Node.File("b", 1)), 2);
        plan.Buckets.Select(bucket => string.Join(' ', bucket.Items)).ShouldBe(["./bad/x", "./b ./bad/y"]);
        plan.Levels.ShouldBe([EntryPath.Root, .. Paths("bad")]);
        var note = plan.Notes.ShouldHaveSingleItem();
        note.Path.ShouldBe(Paths("bad").Single());
        note.Text.ShouldContain("cannot be a name");
        note.Text.ShouldContain("No bucket has it: one rsync copies it at the end, with the shared directories (1 entry, 700 B).");
    }

    [Fact]
    public async Task A_directory_in_which_nothing_can_be_named_is_kept_whole_and_said()
    {
        var plan = await MemoryTree.PlanAsync(Node.Tree(Node.Directory("bad", Node.File("..", 900), Node.File("", 900)), Node.File("b", 1)), 2);
        plan.Buckets.Select(bucket => bucket.Items.ShouldHaveSingleItem()).ShouldBe(Paths("bad", "b"));
        plan.Notes.ShouldHaveSingleItem().Text.ShouldStartWith("The source calls 2 entries by what cannot be names, first '..': ");
    }

    [Fact]
    public async Task A_child_that_cannot_be_named_keeps_its_directory_whole_where_no_later_pass_takes_it()
    {
        var tree = new MemoryTree(Node.Tree(Node.Directory("bad", Node.File("x", 900), Node.File("..", 900)), Node.File("b", 1)));
        var request = new PlanRequest("demo", DateTimeOffset.UnixEpoch, CostModel.Default(BalanceBy.Capacity), 2, 2) { Mover = MoverKind.Robocopy };
        var plan = await Planner.PlanAsync(tree, request, TestContext.Current.CancellationToken);
        plan.Buckets.Select(bucket => bucket.Items.ShouldHaveSingleItem()).ShouldBe(Paths("bad", "b"));
    }

    [Fact]
    public async Task A_root_in_which_nothing_can_be_named_is_the_one_item()
    {
        var plan = await MemoryTree.PlanAsync(Node.Tree(Node.File("..", 900)), 2);
        plan.Buckets.ShouldHaveSingleItem().Items.ShouldBe([EntryPath.Root]);
        plan.Levels.ShouldBeEmpty();
        BucketFile.AsNulSeparated(plan.Buckets[0]).ShouldBe("./\0"u8.ToArray());
    }

    [Fact]
    public async Task A_directory_that_cannot_be_listed_is_kept_whole()
    {
        var locked = Node.Directory("locked", Node.File("x", 900), Node.File("y", 900)) with { Expandable = false };
        var plan = await MemoryTree.PlanAsync(Node.Tree(locked, Node.File("b", 1)), 2);
        plan.Buckets[0].Items.ShouldBe(Paths("locked"));
        plan.Balance.Heaviest.ShouldBe(plan.Balance.Bound);
    }

    [Fact]
    public async Task A_name_that_the_source_lists_twice_goes_to_one_bucket()
    {
        var plan = await MemoryTree.PlanAsync(Node.Tree(Node.File("x", 9), Node.File("x", 9), Node.File("y", 9)), 3);
        plan.Buckets.SelectMany(bucket => bucket.Items).Order().ShouldBe(Paths("x", "y"));
    }

    [Fact]
    public async Task Small_directories_are_not_read_where_files_decide_the_balance()
    {
        var small = Enumerable.Range(0, 5_000).Select(i => Node.Directory($"d{i}", Node.File("x", 1), Node.File("y", 1)));
        var source = new MemoryTree(Node.Tree([Node.File("a", 1_000_000), Node.File("b", 1_000_000), Node.File("c", 1_000_000), .. small]));
        (await source.PlanAsync(2)).Balance.Heaviest.ShouldBeGreaterThan(1_900_000);
        source.Read.ShouldBe([EntryPath.Root]);
    }

    [Theory]
    [InlineData(1_000, 100)]
    [InlineData(60_000, 6_000)]
    [InlineData(900_000, 127_000)]
    public async Task Reads_grow_with_the_buckets_and_not_with_the_tree(int files, int directories)
    {
        var tree = MadeTree.Of(files, directories, new(1), MadeTree.Skewed);
        foreach (var buckets in (int[])[4, 8, 16, 64])
        {
            var source = new MemoryTree(tree);
            var clock = Stopwatch.StartNew();
            var plan = await source.PlanAsync(buckets, BalanceBy.Cost);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{files} files, {directories} directories, {buckets} buckets: {source.Read.Count} reads, {plan.Buckets.Sum(b => b.Items.Length)} items, heaviest/bound {plan.Balance.Heaviest / plan.Balance.Bound:0.0000}, {clock.ElapsedMilliseconds} ms");
            source.Read.Count.ShouldBeLessThanOrEqualTo(2 * buckets + 10);
            plan.Balance.Heaviest.ShouldBeLessThanOrEqualTo(plan.Balance.Bound * 1.01);
        }
    }

    [Fact]
    public async Task A_source_without_its_root_says_so()
    {
        var error = await Should.ThrowAsync<StorageException>(() => MemoryTree.PlanAsync(Node.Tree() with { Expandable = false }, 2));
        error.Message.ShouldContain("cannot be listed");
    }

    [Fact]
    public async Task I_can_cancel_a_plan()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() =>
            Planner.PlanAsync(new MemoryTree(Node.Tree()), new("demo", DateTimeOffset.UnixEpoch, CostModel.Default(BalanceBy.Cost), null, 2), cancelled.Token));
    }

    private static EntryPath[] Paths(params string[] paths) => [.. paths.Select(EntryPath.Parse)];

    private static IEnumerable<EntryPath> Above(EntryPath path)
    {
        for (; !path.IsRoot; path = path.Parent) yield return path;
    }
}

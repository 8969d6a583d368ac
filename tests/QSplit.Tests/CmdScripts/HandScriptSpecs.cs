using FsCheck;
using FsCheck.Fluent;
using QSplit.Testing;
using QSplit.Tests.Partitioning;
using QSplit.Trees;
using Node = QSplit.Tests.Partitioning.Node;

namespace QSplit.Tests.CmdScripts;

/// <summary>
/// The batch files beside a plan, played by the documented rules of cmd and robocopy: every file of the source arrives once, and every directory, but for those
/// that the plan names as impossible on Windows.
/// </summary>
public sealed class HandScriptSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_tree_with_everything_odd_in_it_arrives(int buckets)
    {
        using var plan = new PlayedPlan();
        OddTree.Make(plan.Source);
        await plan.MakeAsync(buckets);

        plan.Play();

        plan.ShouldHaveArrived();
        var left = plan.Plan.Notes.Where(note => note.Kind == TreeNoteKind.NotOnWindows).Select(note => note.Path.ToString()).ToList();
        left.ShouldContain("./names/host:x");
        left.ShouldContain("./specials/fifo");
        left.ShouldContain("./directories/trailing ");
        left.ShouldNotContain("./names/%s%n");
        left.ShouldNotContain("./names/-x");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(1, 4, 0.0)]
    [InlineData(2, 7, 1.0)]
    [InlineData(3, 40, 1.5)]
    public async Task A_tree_as_it_is_met_in_practice_arrives(int seed, int buckets, double skew)
    {
        using var plan = new PlayedPlan();
        TreeMaker.Make(plan.Source, new TreeShape(seed, Files: 1_500, Bytes: 3_000_000, skew));
        await plan.MakeAsync(buckets);

        plan.Play();

        plan.ShouldHaveArrived();
        plan.Plan.Notes.ShouldBeEmpty();
        plan.Plan.Buckets.Length.ShouldBe(buckets);
    }

    [Fact]
    public void Any_tree_arrives() =>
        Prop.ForAll(AnyTree.Trees, AnyTree.Buckets, (tree, buckets) =>
        {
            using var plan = new PlayedPlan();
            Posix.Create(tree, plan.Source);
            plan.MakeAsync(buckets).GetAwaiter().GetResult();
            plan.Play();
            plan.ShouldHaveArrived();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_is_not_crawled_loses_only_what_the_planner_read_and_named()
    {
        using var plan = new PlayedPlan();
        var tree = Node.Tree(
            Node.Directory("heavy", [Node.File("a:b", 5), Node.File("Name", 9), Node.File("name", 9), Node.File("plain", 9), Node.Directory("nul", Node.File("below", 3)), Node.Directory("empty")]),
            Node.File("top", 9));
        Posix.Create(tree, plan.Source);
        await plan.MakeAsync(4, new MemoryTree(tree));

        plan.Play();

        plan.ShouldHaveArrived();
        plan.Plan.Levels.ShouldContain(EntryPath.Parse("heavy"));
        plan.Plan.Notes.Select(note => note.Path.ToString()).ShouldBe(["./heavy/Name", "./heavy/a:b", "./heavy/name", "./heavy/nul"]);
        plan.Plan.Notes[0].Text.ShouldBe("Not on Windows: it has a name that is that of 'name' in other letters. It is in no list and is not copied. Rename it on the source, or bring it across by other means.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_with_more_names_than_a_line_holds_is_copied_by_several_lines()
    {
        using var plan = new PlayedPlan();
        for (var i = 0; i < 400; i++) File.WriteAllText(Path.Combine(plan.Source, $"{i} {new string('%', 60)}"), "x");
        await plan.MakeAsync(2);

        plan.Play();

        plan.ShouldHaveArrived();
        plan.Script("bucket1").Split("\r\n").Max(line => line.Length).ShouldBeInRange(6_000, 8_191);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Lists_have_backslashes_and_one_behind_each_directory()
    {
        using var plan = new PlayedPlan();
        Directory.CreateDirectory(Path.Combine(plan.Source, "music", "album"));
        for (var i = 0; i < 3; i++) File.WriteAllText(Path.Combine(plan.Source, "music", "album", $"{i}"), "x");
        for (var i = 0; i < 4; i++) File.WriteAllText(Path.Combine(plan.Source, "music", $"täke {i}.wav"), "x");
        await plan.MakeAsync(2);

        string[] lists = [plan.List(1), plan.List(2)];
        lists.Order(StringComparer.Ordinal).ShouldBe(["music\\album\\\r\n", "music\\täke 0.wav\r\nmusic\\täke 1.wav\r\nmusic\\täke 2.wav\r\nmusic\\täke 3.wav\r\n"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Another_source_and_target_can_be_named_and_a_second_run_copies_nothing()
    {
        using var plan = new PlayedPlan();
        TreeMaker.Make(plan.Source, new TreeShape(1, Files: 30, Bytes: 3_000));
        await plan.MakeAsync(3);

        plan.Play("\"D:\\source\\\"", "D:\\new\\");
        plan.Play("\"D:\\source\\\"", "D:\\new\\");

        plan.ShouldHaveArrived();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_went_wrong_is_said_and_is_the_exit_code()
    {
        using var plan = new PlayedPlan();
        File.WriteAllText(Path.Combine(plan.Source, "a"), "x");
        File.WriteAllText(Path.Combine(plan.Source, "b"), "x");
        await plan.MakeAsync(1);
        Directory.CreateDirectory(Path.Combine(plan.Target, "a"));

        plan.Run("bucket1").ShouldBe(1 + 4);
        plan.Heard.ShouldContain("a file on one side and a directory on the other");
        plan.Run("bucket1", @"\\nowhere\share", @"D:\new").ShouldBe(16);
        plan.Heard.ShouldContain("cannot reach source or target. See \"S:\\qsync_197001010000_bucket1.log\"");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Directories_that_are_left_out_stay_left_out_below_trees()
    {
        using var plan = new PlayedPlan();
        foreach (var name in (string[])[".zfs", "-a", "keep"]) File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(plan.Source, "tree", name)).FullName, "x"), "x");
        await plan.MakeAsync(1, leaveOut: [".zfs", "-a"]);

        plan.Play();

        Directory.EnumerateDirectories(Path.Combine(plan.Target, "tree")).Select(Path.GetFileName).ShouldBe(["keep"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_came_to_a_shared_directory_after_planning_is_brought_by_the_levels()
    {
        using var plan = new PlayedPlan();
        TreeMaker.Make(plan.Source, new TreeShape(1, Files: 30, Bytes: 3_000));
        await plan.MakeAsync(3);
        File.WriteAllText(Path.Combine(plan.Source, "late"), "x");

        plan.Play();

        plan.ShouldHaveArrived();
    }
}

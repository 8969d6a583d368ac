using FsCheck;
using FsCheck.Fluent;
using QSplit.CmdScripts;
using QSplit.Tests.Partitioning;
using QSplit.Transfers;
using QSplit.Trees;
using Node = QSplit.Tests.Partitioning.Node;

namespace QSplit.Tests.CmdScripts;

/// <summary>What a plan says is left out on Windows is left out, wherever it lies, and nothing else is; no file is brought by two buckets.</summary>
public sealed class LeftOutSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData("Name", "name")]
    [InlineData("Dir/a", "dir/b")]
    [InlineData("deep/er/É", "deep/er/é")]
    public async Task Names_that_differ_in_case_alone_are_not_copied_below_a_tree_either(string one, string other)
    {
        using var plan = new PlayedPlan();
        Put(plan, $"tree/{one}", $"tree/{other}", "tree/plain", "tree/whole/x");
        await plan.MakeAsync(1);

        plan.Play();

        plan.ShouldHaveArrived();
        plan.Plan.Notes.Count(note => note.Kind == TreeNoteKind.NotOnWindows).ShouldBe(2);
        plan.Plan.Buckets.SelectMany(bucket => bucket.Items).ShouldContain(EntryPath.Parse("tree/whole"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_with_nothing_in_it_that_Windows_can_hold_is_made_and_stays_empty()
    {
        using var plan = new PlayedPlan();
        Put(plan, "tree/Name", "tree/name", "other");
        await plan.MakeAsync(1);

        plan.Play();

        plan.ShouldHaveArrived();
        Directory.EnumerateFileSystemEntries(Path.Combine(plan.Target, "tree")).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Directories_are_left_out_in_any_case_of_letters_as_robocopy_does_it_and_are_not_in_the_plan()
    {
        using var plan = new PlayedPlan();
        Put(plan, "tree/.ZFS/x", "tree/y");
        await plan.MakeAsync(1, leaveOut: [".zfs"]);

        plan.Play();

        Directory.EnumerateFileSystemEntries(Path.Combine(plan.Target, "tree")).Select(Path.GetFileName).ShouldBe(["y"]);
        plan.Plan.Notes.Select(note => (note.Kind, note.Path.ToString())).ShouldBe([(TreeNoteKind.LeftOut, "."), (TreeNoteKind.LeftOut, "./tree/.ZFS")]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_file_with_a_dash_in_front_brings_no_neighbour_of_another_bucket()
    {
        using var plan = new PlayedPlan();
        Put(plan, "-a", "xa", "ya", "b");
        await plan.MakeAsync(4);

        plan.PlayApart();
        plan.Play();

        plan.ShouldHaveArrived();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Levels_copy_nothing_of_their_own_where_not_all_that_is_left_out_is_named()
    {
        using var plan = new PlayedPlan();
        Put(plan, "a", "b", "tree/Name", "tree/name", "tree/c");
        await plan.MakeAsync(2);
        RobocopyJobs.Seal(plan.Plan).ShouldAllBe(job => job is RobocopyJob.Level);

        var many = plan.Plan with { Notes = [.. plan.Plan.Notes, new(TreeNoteKind.NotOnWindows, EntryPath.Root, "And 7 more of the same kind.")] };

        RobocopyJobs.Seal(many).Select(job => (job.Directory, job.GetType())).ShouldBe(plan.Plan.Levels.Reverse().Select(level => (level, typeof(RobocopyJob.Bare))));
    }

    [Fact]
    public void Any_tree_of_names_that_clash_arrives_but_for_them() =>
        Prop.ForAll(Clashing, AnyTree.Buckets, (tree, buckets) =>
        {
            using var plan = new PlayedPlan();
            Posix.Create(tree, plan.Source);
            plan.MakeAsync(buckets).GetAwaiter().GetResult();
            plan.PlayApart();
            plan.Play();
            plan.ShouldHaveArrived();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static readonly Gen<byte[]> Name = Gen.Elements("a", "A", "b", "-a", "-A", "xa", "-", "Ab", "aB", "-.x", ".x", "con", "a:b", "é", "É").Select(System.Text.Encoding.UTF8.GetBytes);

    private static Arbitrary<Node> Clashing { get; } = Children(3).Select(children => Node.Tree(children)).ToArbitrary();

    private static Gen<Node[]> Children(int depth) =>
        Gen.ArrayOf(depth == 0 ? File : Gen.Frequency((2, File), (1, from name in Name from children in Children(depth - 1) select Node.Directory(name, children))))
            .Select(children => children.Take(6).DistinctBy(child => EntryPath.Root.Combine(child.Name.Span)).ToArray());

    private static Gen<Node> File => from name in Name from bytes in Gen.Choose(0, 100) select Node.File(name, bytes);

    private static void Put(PlayedPlan plan, params string[] paths)
    {
        foreach (var path in paths)
        {
            var file = Path.Combine(plan.Source, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            System.IO.File.WriteAllText(file, path);
        }
    }
}

using QSplit.Testing;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Tests.Transfers;

/// <summary>The rules of rsync that the passes rely on, held against the rsync that is installed.</summary>
public sealed class PassSpecs : IDisposable
{
    private readonly TwoTrees _trees = new();

    [Fact(Timeout = HangLimit)]
    public async Task Every_name_survives_the_way_by_a_list()
    {
        foreach (var name in OddTree.Names) _trees.Files.File(name, name);
        var names = OddTree.Names.Select(name => EntryPath.Root.Combine(name)).Order().ToList();

        var run = await RsyncRun.OfAsync(Pass.Baseline, _trees.Paths, EntryList.Of(names, ""));

        run.Outcome.ShouldBe(new TransferOutcome.Succeeded(0));
        run.Output.Moved.Files.ShouldBe(names.Count);
        TreeComparison.Differences(_trees.Source, _trees.Target, new(DirectoryTimes: false)).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_tree_is_taken_with_all_below_it_and_with_its_times()
    {
        foreach (var name in (string[])["tree/a/b/c/file", "tree/file", "tree/.hidden/file", "other/file"]) _trees.File(name);
        _trees.Age();

        await RsyncRun.OfAsync(Pass.Baseline, _trees.Paths, RsyncRun.ListOf("tree"));

        TreeComparison.Differences(Path.Combine(_trees.Source, "tree"), Path.Combine(_trees.Target, "tree")).ShouldBeEmpty();
        Directory.Exists(Path.Combine(_trees.Target, "other")).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Open_makes_the_levels_and_lets_their_owner_write_there()
    {
        _trees.File("shut/within/file");
        TwoTrees.SetMode(Path.Combine(_trees.Source, "shut/within"), "500");
        TwoTrees.SetMode(Path.Combine(_trees.Source, "shut"), "555");

        (await RsyncRun.OfAsync(Pass.Open, _trees.Paths, RsyncRun.ListOf("shut", "shut/within"))).Outcome.ShouldBe(new TransferOutcome.Succeeded(0));

        TwoTrees.Mode(Path.Combine(_trees.Target, "shut")).ShouldBe("755");
        TwoTrees.Mode(Path.Combine(_trees.Target, "shut/within")).ShouldBe("700");
        Directory.EnumerateFileSystemEntries(Path.Combine(_trees.Target, "shut/within")).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Open_makes_the_target_even_of_a_plan_without_levels_but_never_what_the_target_lies_in()
    {
        (await RsyncRun.OfAsync(Pass.Open, _trees.Paths, default)).Outcome.ShouldBe(new TransferOutcome.Succeeded(0));
        Directory.Exists(_trees.Target).ShouldBeTrue();

        var run = await RsyncRun.OfAsync(Pass.Open, RsyncRun.Between(_trees.Source, Path.Combine(_trees.Target, "not mounted/target")), default);
        run.Outcome.ShouldBeOfType<TransferOutcome.Transient>().ExitCode.ShouldBe(11);
        Directory.EnumerateFileSystemEntries(_trees.Target).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_bucket_leaves_the_directories_on_the_way_to_it_alone()
    {
        _trees.File("shared/deep/file");
        TwoTrees.SetMode(Path.Combine(_trees.Source, "shared"), "555");
        Directory.CreateDirectory(Path.Combine(_trees.Target, "shared/deep"));
        TwoTrees.SetMode(Path.Combine(_trees.Target, "shared"), "770");
        var before = Directory.GetLastWriteTimeUtc(Path.Combine(_trees.Target, "shared"));

        await RsyncRun.OfAsync(Pass.Baseline, _trees.Paths, RsyncRun.ListOf("shared/deep/file"));

        File.Exists(Path.Combine(_trees.Target, "shared/deep/file")).ShouldBeTrue();
        TwoTrees.Mode(Path.Combine(_trees.Target, "shared")).ShouldBe("770");
        Directory.GetLastWriteTimeUtc(Path.Combine(_trees.Target, "shared")).ShouldBe(before);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Seal_takes_what_arrived_at_a_level_and_gives_levels_and_their_children_their_times_and_modes_back()
    {
        foreach (var name in (string[])["level/tree/deep/file", "level/loose", "level/below/file"]) _trees.File(name);
        _trees.Age();
        TwoTrees.SetMode(Path.Combine(_trees.Source, "level/tree"), "555");
        TwoTrees.SetMode(Path.Combine(_trees.Source, "level"), "550");
        await RsyncRun.OfAsync(Pass.Open, _trees.Paths, RsyncRun.ListOf("level", "level/below"));
        await RsyncRun.OfAsync(Pass.Baseline, _trees.Paths, RsyncRun.ListOf("level/below/file", "level/loose", "level/tree"));
        _trees.File("arrived");
        _trees.File("level/below/arrived");
        _trees.Age();
        var levels = RsyncRun.LevelsOf("", "level", "level/below");

        var run = await RsyncRun.OfAsync(Pass.Seal, _trees.Paths, levels);

        run.Outcome.ShouldBe(new TransferOutcome.Succeeded(0));
        run.Output.Moved.Files.ShouldBe(2);
        _trees.ShouldBeEqual();

        var second = await RsyncRun.OfAsync(Pass.Seal, _trees.Paths, levels);
        second.Output.Moved.ShouldBe(default);
        second.Changes.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Seal_comes_by_every_directory_at_its_levels_whatever_its_name_and_goes_no_deeper()
    {
        foreach (var name in OddTree.Names)
        {
            _trees.Files.Directory(name);
            _trees.Files.Directory([.. name, .. "/deeper"u8]);
            _trees.Files.File([.. name, .. "/file"u8]);
        }
        var expected = OddTree.Names.Select(name => EntryPath.Root.Combine(name)).Append(EntryPath.Root).Order().ToList();

        foreach (var _ in (string[])["new on the target", "there already"])
            (await RsyncRun.OfAsync(Pass.Seal, _trees.Paths, RsyncRun.LevelsOf(""))).Output.Directories.Distinct().Order().ShouldBe(expected);

        Directory.EnumerateFileSystemEntries(Path.Combine(_trees.Target, "#x")).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Progress_is_in_bytes_and_the_statistics_at_the_end_are_right()
    {
        for (var i = 0; i < 20; i++) _trees.Files.File([.. "file"u8, (byte)('a' + i)], new byte[4096], 1_000_000);
        _trees.Files.Symlink("link"u8, "filea"u8);
        _trees.MakeTarget();

        var run = await RsyncRun.OfAsync(Pass.Baseline, _trees.Paths, RsyncRun.ListOf(""));

        run.Output.Moved.ShouldBe(new Moved(20, 20_000_000, 21));
        run.Progress.ShouldBeInOrder();
        run.Progress[^1].ShouldBe(20_000_000);
        run.Progress.ShouldContain(bytes => bytes > 0 && bytes < 20_000_000);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_left_out_is_left_out_of_every_pass()
    {
        _trees.File(".snapshot/hourly/file");
        _trees.File("tree/.snapshot/file");
        _trees.File("tree/file");
        // rsync would take these for rules.
        foreach (var name in (string[])["+ one", "- two", "!"]) _trees.File($"tree/{name}/file");
        _trees.File("tree/two/file");
        var paths = _trees.Paths with { LeaveOut = [".snapshot*", "+ one", "- two", "!"] };

        await RsyncRun.OfAsync(Pass.Baseline, paths, RsyncRun.ListOf("tree"));
        await RsyncRun.OfAsync(Pass.Seal, paths, RsyncRun.LevelsOf(""));

        Directory.EnumerateFileSystemEntries(_trees.Target, "*", SearchOption.AllDirectories).Select(path => path[(_trees.Target.Length + 1)..]).Order(StringComparer.Ordinal)
            .ShouldBe(["tree", "tree/file", "tree/two", "tree/two/file"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_link_in_place_of_a_tree_is_copied_and_not_followed()
    {
        _trees.File("real/file");
        _trees.Files.Symlink("tree"u8, "real"u8);

        await RsyncRun.OfAsync(Pass.Baseline, _trees.Paths, RsyncRun.ListOf("tree"));

        new FileInfo(Path.Combine(_trees.Target, "tree")).LinkTarget.ShouldBe("real");
    }

    public void Dispose() => _trees.Dispose();
}

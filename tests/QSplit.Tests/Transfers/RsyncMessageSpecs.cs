using System.Text;
using QSplit.Testing;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Tests.Transfers;

/// <summary>What rsync really says when something is wrong, and what is read in it.</summary>
public sealed class RsyncMessageSpecs : IDisposable
{
    private const uint Nobody = 65534;

    // Each of these has been read as another name: taken for a temporary one, or parted at a quote.
    private static readonly byte[][] Names =
    [
        .. OddTree.Names, ".hidden"u8.ToArray(), ".config.backup"u8.ToArray(), ".x.aB3dE9"u8.ToArray(), "a\" -> \"b"u8.ToArray(), "a\",\"b"u8.ToArray(),
        "a\": b"u8.ToArray(), "\" failed: Permission denied (13)"u8.ToArray(), "a\" (in b)"u8.ToArray(), "..backup"u8.ToArray(),
        Encoding.ASCII.GetBytes("." + new string('d', 254)), Encoding.ASCII.GetBytes("." + new string('e', 240)),
    ];

    private readonly TwoTrees _trees = new();

    [Fact(Timeout = HangLimit)]
    public async Task Files_that_cannot_be_read_are_named_with_the_reason_and_never_by_another_name()
    {
        foreach (var name in Names)
        {
            _trees.Files.File(name, "x"u8);
            _trees.Files.Mode(name, 0);
        }

        var run = await RsyncRun.OfAsync(Pass.Baseline, TargetOfNobody(), RsyncRun.ListOf(""), asNobody: true);

        run.ExitCode.ShouldBe(23);
        ShouldNameOnly(run.Errors, Names, tellable: _ => true);
        run.Errors.Complete.ShouldBeTrue();
        run.Errors.Failures.Select(f => f.Reason).Distinct().ShouldBe(["Permission denied (13)"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Files_that_cannot_be_written_are_named_although_rsync_names_the_temporary_ones()
    {
        foreach (var name in Names) _trees.Files.File(name, "x"u8);
        var paths = TargetOfNobody();
        TwoTrees.SetMode(paths.Target, "555");
        new ByteFiles(Path.GetDirectoryName(paths.Target)!).Owner(Encoding.UTF8.GetBytes(Path.GetFileName(paths.Target)), 0, 0);

        var run = await RsyncRun.OfAsync(Pass.Baseline, paths, EntryList.Of(Names.Select(name => EntryPath.Root.Combine(name)).Order(), ""), asNobody: true);

        run.ExitCode.ShouldBe(23);
        ShouldNameOnly(run.Errors, Names, tellable: _ => true);
        run.Errors.Complete.ShouldBeTrue(run.Errors.Unnamed);
    }

    /// <remarks>One rsync cannot read files, one cannot create files, directories, links and pipes, and one cannot change directories.</remarks>
    [Fact(Timeout = HangLimit)]
    public async Task However_odd_names_are_what_failed_is_named_or_the_line_is_kept_whole()
    {
        var random = new Random(Seed: 20261130);
        var names = Enumerable.Range(0, 300).Select(_ => NastyNames.Next(random)).DistinctBy(Convert.ToHexString).ToArray();
        byte[][] kinds = ["f"u8.ToArray(), "d"u8.ToArray(), "l"u8.ToArray(), "p"u8.ToArray(), "s"u8.ToArray()];
        foreach (var kind in kinds) _trees.Files.Directory(kind);
        foreach (var name in names)
        {
            _trees.Files.File([.. "f/"u8, .. name], "x"u8);
            _trees.Files.Directory([.. "d/"u8, .. name]);
            _trees.Files.Symlink([.. "l/"u8, .. name], NastyNames.Next(random));
            _trees.Files.Fifo([.. "p/"u8, .. name]);
            _trees.Files.File([.. "s/"u8, .. name], "x"u8);
            _trees.Files.Mode([.. "s/"u8, .. name], 0);
        }
        Tool.Read("find", _trees.Source, "-type", "d", "-exec", "touch", "-d", "@1000000000", "--", "{}", "+");
        var paths = TargetOfNobody();
        // Directories of another owner: what is in them cannot be created, and their times cannot be set.
        foreach (var kind in kinds) new ByteFiles(_trees.Target).Directory(kind);
        foreach (var name in names) new ByteFiles(_trees.Target).Directory([.. "d/"u8, .. name]);

        foreach (var kind in kinds)
        {
            var run = await RsyncRun.OfAsync(Pass.Baseline, paths, RsyncRun.ListOf(Encoding.ASCII.GetString(kind)), asNobody: true);

            var failed = run.Errors.Failures.Select(failure => EntryPath.Parse(failure.Path)).ToHashSet();
            var root = EntryPath.Parse(Encoding.ASCII.GetString(kind));
            EntryPath[] all = [root, .. names.Select(name => root.Combine(name))];
            failed.Except(all).ShouldBeEmpty();
            if (run.Errors.Complete) all.Except(failed).Except([root]).ShouldBeEmpty();
            else run.Errors.Unnamed.ShouldNotBeEmpty();
            failed.Count.ShouldBeGreaterThan(names.Length * 9 / 10, $"{root}: nearly no line leaves a doubt. {run.Errors.Unnamed}");
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_that_cannot_be_read_or_made_is_named()
    {
        _trees.File("tree/shut/file");
        _trees.File("tree/open");
        TwoTrees.SetMode(Path.Combine(_trees.Source, "tree/shut"), "0");

        var run = await RsyncRun.OfAsync(Pass.Baseline, TargetOfNobody(), RsyncRun.ListOf("tree"), asNobody: true);

        run.Outcome.ShouldBe(new TransferOutcome.Partial([new("./tree/shut", "Permission denied (13)") { Class = ExceptionClass.Permission }], true));
        File.Exists(Path.Combine(_trees.Target, "tree/open")).ShouldBeTrue();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("link", "./link")]
    [InlineData("fifo", "./fifo")]
    public async Task A_link_or_a_special_that_cannot_be_made_is_named(string name, string path)
    {
        _trees.Files.Symlink("link"u8, "to \"quotes\""u8);
        _trees.Files.Fifo("fifo"u8);
        var paths = TargetOfNobody();
        new ByteFiles(Path.GetDirectoryName(paths.Target)!).Owner("target"u8, 0, 0);

        var run = await RsyncRun.OfAsync(Pass.Baseline, paths, RsyncRun.ListOf(name), asNobody: true);

        var partial = run.Outcome.ShouldBeOfType<TransferOutcome.Partial>();
        partial.ShouldBe(new TransferOutcome.Partial([new(path, "Permission denied (13)") { Class = ExceptionClass.Permission }], true));
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_entry_that_is_gone_is_vanished_and_hinders_nothing()
    {
        _trees.File("here");

        var run = await RsyncRun.OfAsync(Pass.Baseline, _trees.Paths, RsyncRun.ListOf("gone", "gone too", "here"));

        run.ExitCode.ShouldBe(23);
        run.Outcome.ShouldBe(new TransferOutcome.Succeeded(2));
        File.Exists(Path.Combine(_trees.Target, "here")).ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_in_the_way_of_a_file_is_left_and_what_it_is_in_the_way_of_is_named()
    {
        _trees.File("a");
        Directory.CreateDirectory(Path.Combine(_trees.Target, "a/mine"));

        (await RsyncRun.OfAsync(Pass.Baseline, _trees.Paths, RsyncRun.ListOf("a"))).Outcome.ShouldBe(new TransferOutcome.Partial([new("./a", "a directory that is not empty is in its place on the target") { Class = ExceptionClass.InTheWay }], true));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_retry_of_what_was_named_leaves_nothing_behind_not_even_a_time()
    {
        foreach (var name in (string[])["tree/a/b/.secret", "tree/a/b/file", "tree/a/file"]) _trees.File(name);
        var secret = Path.Combine(_trees.Source, "tree/a/b/.secret");
        TwoTrees.SetMode(secret, "0");
        _trees.Age();
        var paths = TargetOfNobody();
        var first = await RsyncRun.OfAsync(Pass.Baseline, paths, RsyncRun.ListOf("tree"), asNobody: true);
        var named = first.Outcome.ShouldBeOfType<TransferOutcome.Partial>().Failures.ShouldHaveSingleItem();
        TwoTrees.SetMode(secret, "644");

        var second = await RsyncRun.OfAsync(
            Pass.Baseline, paths, EntryList.Of(RetryItems.Of([EntryPath.Parse("tree")], [EntryPath.Parse(named.Path)]), ""), asNobody: true);

        second.Outcome.ShouldBe(new TransferOutcome.Succeeded(0));
        second.Output.Moved.Files.ShouldBe(1);
        TreeComparison.Differences(Path.Combine(_trees.Source, "tree"), Path.Combine(_trees.Target, "tree"), new(Owners: false)).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Arguments_that_rsync_does_not_take_stop_the_run()
    {
        var run = await RsyncRun.OfAsync(Pass.Baseline, _trees.Paths with { Options = ["--nonsense"] }, RsyncRun.ListOf(""));

        run.Outcome.ShouldBeOfType<TransferOutcome.Refused>().ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(1), r => r.Message.ShouldStartWith("rsync: --nonsense: unknown option"));
    }

    public void Dispose() => _trees.Dispose();

    private static void ShouldNameOnly(RsyncErrors errors, byte[][] names, Func<byte[], bool> tellable)
    {
        var named = errors.Failures.Select(f => EntryPath.Parse(f.Path)).ToList();
        var real = names.Select(name => EntryPath.Root.Combine(name)).ToList();
        named.Except(real).ShouldBeEmpty();
        names.Where(tellable).Select(name => EntryPath.Root.Combine(name)).Except(named).ShouldBeEmpty();
        errors.Vanished.ShouldBe(0);
    }

    private RsyncPaths TargetOfNobody()
    {
        Assert.SkipUnless(ByteFiles.IsRoot, "Only root can be somebody else.");
        _trees.MakeTarget();
        new ByteFiles(Path.GetDirectoryName(_trees.Target)!).Owner("target"u8, Nobody, Nobody);
        return _trees.Paths;
    }
}

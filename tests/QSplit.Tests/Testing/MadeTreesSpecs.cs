using QSplit.Testing;

namespace QSplit.Tests.Testing;

public sealed class MadeTreesSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = HangLimit)]
    [InlineData("cp", "-aT")]
    [InlineData("rsync", "-aH")]
    public async Task The_odd_tree_can_be_copied_whole_and_the_judge_sees_that(string program, string options)
    {
        await Task.Yield();
        OddTree.Make(_folder.MakeDirectory("source"));

        Tool.Read(program, options, "--", _folder["source"] + "/", _folder["target"] + "/");

        TreeComparison.Differences(_folder["source"], _folder["target"], new(HardLinks: true)).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_odd_tree_has_what_it_promises()
    {
        await Task.Yield();
        OddTree.Make(_folder.Path);

        Tool.Read("find", _folder.Path, "-printf", "%y\\n").Split('\n').ToHashSet().IsSupersetOf(["f", "d", "l", "p", "s"]).ShouldBeTrue();
        Count("-newermt", "2199-01-01").ShouldBeGreaterThanOrEqualTo(3);
        Count("!", "-newermt", "1970-01-02").ShouldBeGreaterThanOrEqualTo(3);
        Count("-mindepth", "61", "-maxdepth", "61", "-type", "d").ShouldBe(1);
        Count("-perm", "-4000").ShouldBeGreaterThanOrEqualTo(2);
        Count("-type", "f", "-links", "3").ShouldBe(3);
        Count("-type", "l").ShouldBeGreaterThanOrEqualTo(12);
        Count("-path", "*/3000/*").ShouldBe(3000);
        if (ByteFiles.IsRoot) Count("-nouser", "-nogroup").ShouldBeGreaterThanOrEqualTo(3);
        if (ByteFiles.IsRoot) Count("-perm", "0000").ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_same_shape_makes_the_same_tree()
    {
        await Task.Yield();
        var shape = new TreeShape(Seed: 7, Files: 500, Bytes: 5_000_001, Skew: 1.2, Depth: 4);
        TreeMaker.Make(_folder.MakeDirectory("a"), shape);
        TreeMaker.Make(_folder.MakeDirectory("b"), shape);

        Tool.Read("diff", "-r", "--", _folder["a"], _folder["b"]).ShouldBeEmpty();
        var sizes = Tool.Read("find", _folder["a"], "-type", "f", "-printf", "%s\\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).ToArray();
        sizes.Length.ShouldBe(500);
        sizes.Sum().ShouldBe(5_000_001);
        sizes.Max().ShouldBeGreaterThan(20 * sizes.Order().ElementAt(250));
        Tool.Read("find", _folder["a"], "-mindepth", "5", "-type", "d").ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Another_seed_makes_another_tree()
    {
        await Task.Yield();
        TreeMaker.Make(_folder.MakeDirectory("a"), new(Seed: 1, Files: 50, Bytes: 50_000));
        TreeMaker.Make(_folder.MakeDirectory("b"), new(Seed: 2, Files: 50, Bytes: 50_000));
        Tool.Run("diff", "-r", "--", _folder["a"], _folder["b"]).ExitCode.ShouldBe(1);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_temporary_folder_is_gone_in_the_end_whatever_is_in_it()
    {
        await Task.Yield();
        string path;
        using (var folder = new TemporaryFolder())
        {
            OddTree.Make(path = folder.Path);
            Directory.Exists(path).ShouldBeTrue();
        }
        Directory.Exists(path).ShouldBeFalse();
    }

    private int Count(params string[] tests) => Tool.Read("find", [_folder.Path, .. tests, "-printf", "x"]).Length;
}

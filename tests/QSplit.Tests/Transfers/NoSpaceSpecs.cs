using System.Text;
using QSplit.Testing;
using QSplit.Transfers;

namespace QSplit.Tests.Transfers;

public sealed class NoSpaceSpecs : IDisposable
{
    private readonly TwoTrees _trees = new();
    private bool _mounted;

    [Fact(Timeout = HangLimit)]
    public async Task A_target_without_room_for_a_file_is_full()
    {
        _trees.Files.File("large"u8, new byte[4096], 3_000_000);

        var run = await RsyncRun.OfAsync(Pass.Baseline, SmallTarget(), RsyncRun.ListOf(""));

        run.ExitCode.ShouldBe(11);
        run.Outcome.ShouldBeOfType<TransferOutcome.NoSpace>().Message.ShouldContain("No space left on device (28)");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_target_without_room_for_a_name_is_full_too()
    {
        for (var i = 0; i < 100; i++) _trees.Files.File(Encoding.ASCII.GetBytes($"{i}"), "x"u8);

        var run = await RsyncRun.OfAsync(Pass.Baseline, SmallTarget(), RsyncRun.ListOf(""));

        run.ExitCode.ShouldBe(23);
        run.Outcome.ShouldBeOfType<TransferOutcome.NoSpace>();
    }

    public void Dispose()
    {
        if (_mounted) Tool.Read("umount", _trees.Target);
        _trees.Dispose();
    }

    private RsyncPaths SmallTarget()
    {
        Assert.SkipUnless(ByteFiles.IsRoot, "Only root can mount a small file system.");
        _mounted = Tool.Run("mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=50", "tmpfs", _trees.MakeTarget()).ExitCode == 0;
        Assert.SkipUnless(_mounted, "This system lets no small file system be mounted.");
        return _trees.Paths;
    }
}

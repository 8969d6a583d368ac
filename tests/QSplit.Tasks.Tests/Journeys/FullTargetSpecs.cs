using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

public sealed class FullTargetSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_target_that_runs_full_stops_the_run_which_goes_on_when_there_is_room()
    {
        Needs.Rsync();
        Needs.Mounts();
        using var site = new Site();
        using var mount = new SmallFileSystem(site.Target, "3m");
        for (var i = 0; i < 24; i++) site.AddFile($"reel-{i / 3}/take-{i % 3}", 250_000);
        site.WriteManifest(2, "buckets: 8");

        var first = await site.MigrateAsync();

        first.ExitCode.ShouldBe(1, first.Output);
        first.Output.ShouldContain("the target is full");
        first.Output.ShouldContain("No space left on device");
        first.Output.ShouldContain("Make room");
        first.Output.ShouldContain("To go on: ./build.sh --target=Migrate --migration=demo");
        await Processes.ShouldEndAsync(site.Target);
        var before = site.History;
        before.Done.Count.ShouldBeInRange(1, 7);
        // It stopped at once: what waited was not begun.
        before.Begun.Count.ShouldBeLessThan(8);

        mount.Resize("30m");
        var second = await site.MigrateAsync();

        second.ExitCode.ShouldBe(0, second.Output);
        site.History.BegunAgain.ShouldBeEmpty();
        site.Differences().ShouldBeEmpty();
    }

    /// <summary>A file system in memory, of a size; skips the test where it may not be mounted.</summary>
    private sealed class SmallFileSystem : IDisposable
    {
        private readonly string _path;

        public SmallFileSystem(string path, string size)
        {
            _path = Directory.CreateDirectory(path).FullName;
            var mounted = Tool.Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", _path);
            if (mounted.ExitCode != 0) Assert.Skip($"Needs leave to mount a small file system: {mounted.Errors.Trim()}");
        }

        public void Resize(string size) => Tool.Read("mount", "-o", $"remount,size={size}", _path);

        public void Dispose() => Tool.Read("umount", "--lazy", _path);
    }
}

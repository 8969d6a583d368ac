using QSplit.Testing;
using QSplit.Transfers;

namespace QSplit.Tests.Stages;

/// <summary>Entries at which rsync would do harm, or would give up, are left out and named. All else is copied.</summary>
public sealed class InTheWaySpecs : IDisposable
{
    private readonly VerifiedSite _site = new();

    public void Dispose() => _site.Dispose();

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_symbolic_link_on_the_target_in_the_place_of_a_directory_is_not_replaced(int buckets)
    {
        AddProjects();
        _site.WriteManifest(buckets);

        var copied = await _site.MigrateAsync();

        (copied.Run.IsFinished, copied.IsWithExceptions).ShouldBe((true, true), copied.HowToGoOn);
        copied.Run.Exceptions.Where(entry => entry.Class == ExceptionClass.InTheWay).Select(entry => entry.Path).ShouldBe(["./other/deep", "./projects"]);
        new FileInfo(_site["target/projects"]).LinkTarget.ShouldBe(_site["volume"]);
        new FileInfo(_site["target/other/deep"]).LinkTarget.ShouldBe(_site["volume"]);
        Directory.GetFileSystemEntries(_site["volume"]).ShouldBeEmpty();
        Directory.GetFiles(_site["target/other"]).Length.ShouldBe(20);
        await _site.SyncAsync();
        (await _site.CutoverAsync()).Cutover.IsSignedOff.ShouldBeFalse();
        new FileInfo(_site["target/projects"]).LinkTarget.ShouldBe(_site["volume"]);
        new FileInfo(_site["target/other/deep"]).LinkTarget.ShouldBe(_site["volume"]);

        Directory.Delete(_site["target/projects"]);
        Directory.Delete(_site["target/other/deep"]);

        (await _site.SyncAsync()).IsWithExceptions.ShouldBeFalse();
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_link_that_somebody_puts_on_the_target_later_is_not_replaced_either()
    {
        for (var i = 0; i < 4; i++)
            foreach (var directory in (string[])["projects/p1", "projects/p2", "other/deep/a"])
                _site.AddFile($"{directory}/f{i}", 300_000);
        File.CreateSymbolicLink(_site["source/was a link"], "/etc");
        _site.WriteManifest(8);
        (await _site.MigrateAsync()).IsWithExceptions.ShouldBeFalse();
        MoveToVolume("projects");
        MoveToVolume("other/deep");
        _site.AddFile("projects/p2/new", 10);
        _site.AddFile("other/deep/a/new", 10);
        File.Delete(_site["source/was a link"]);
        _site.AddFile("was a link/file", 10);

        var synced = await _site.SyncAsync();

        synced.Run.Exceptions.Where(entry => entry.Class == ExceptionClass.InTheWay).Select(entry => entry.Path)
            .ShouldBe(["./other/deep", "./projects"]);
        File.Exists(_site["target/was a link/file"]).ShouldBeTrue();
        (await _site.CutoverAsync()).Cutover.IsSignedOff.ShouldBeFalse();
        foreach (var moved in (string[])["projects", "other/deep"])
            new FileInfo(_site[$"target/{moved}"]).LinkTarget.ShouldBe(_site[$"volume/{Path.GetFileName(moved)}"]);

        void MoveToVolume(string directory)
        {
            _site.MakeDirectory("volume");
            var moved = _site[$"volume/{Path.GetFileName(directory)}"];
            Directory.Move(_site[$"target/{directory}"], moved);
            File.CreateSymbolicLink(_site[$"target/{directory}"], moved);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task With_keep_dirlinks_the_data_goes_to_where_the_link_leads()
    {
        AddProjects();
        var isStrict = Tool.Read("sh", "-c", "rsync --help").Contains("--insecure-links");
        _site.WriteManifest(2, $"options: [--keep-dirlinks{(isStrict ? ", --insecure-links" : "")}]");
        Directory.Delete(_site["target/other/deep"]);
        // What leads to another directory of the target would be mixed with that.
        _site.AddFile("twin/file", 10);
        File.CreateSymbolicLink(_site["target/twin"], "other");

        var copied = await _site.MigrateAsync();

        copied.Run.Exceptions.Select(entry => (entry.Class, entry.Path)).ShouldBe([(ExceptionClass.InTheWay, "./twin")]);
        File.Exists(_site["target/other/file"]).ShouldBeFalse();
        new FileInfo(_site["target/projects"]).LinkTarget.ShouldBe(_site["volume"]);
        File.Exists(_site["volume/p1/f0"]).ShouldBeTrue();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(6)]
    public async Task Names_at_which_rsync_gives_up_are_left_out_one_after_the_other(int buckets)
    {
        for (var i = 0; i < 10; i++) _site.AddFile($"b/f{i}", 100 + i);
        foreach (var name in (string[])["a/日本", "日本語/y", "b/日本", "a/Grüße"]) _site.AddFile(name, 50);
        _site.WriteManifest(buckets, "options: [\"--iconv=UTF-8,ISO-8859-1\"]");
        _site.Environment = _site.Environment.SetItem("LC_ALL", "C.UTF-8");

        var copied = await _site.MigrateAsync();

        (copied.Run.IsFinished, copied.IsWithExceptions).ShouldBe((true, true), copied.HowToGoOn);
        copied.Run.Exceptions.ShouldAllBe(entry => entry.Class == ExceptionClass.Name);
        copied.Run.Exceptions.Select(entry => entry.Path).ShouldBeSubsetOf(["./a/日本", "./b/日本", "./日本語", "./日本語/y"]);
        Directory.GetFiles(_site["target/b"]).Length.ShouldBe(10);
        Directory.GetFiles(_site["target/a"]).Length.ShouldBe(1);
    }

    private void AddProjects()
    {
        for (var i = 0; i < 4; i++) foreach (var directory in (string[])["projects/p1", "projects/p2", "other/deep"]) _site.AddFile($"{directory}/f{i}", 300_000);
        for (var i = 0; i < 20; i++) _site.AddFile($"other/f{i}", 10);
        _site.MakeDirectory("target/other");
        File.CreateSymbolicLink(_site["target/projects"], _site.MakeDirectory("volume"));
        File.CreateSymbolicLink(_site["target/other/deep"], _site["volume"]);
    }
}

using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Testing;

namespace QSplit.Tests.Stages;

/// <summary>What belongs to a file system and not to its users, and what lies on another file system, is left alone on the target.</summary>
public sealed class BoundarySpecs : IDisposable
{
    private readonly VerifiedSite _site = new();

    public BoundarySpecs()
    {
        for (var i = 0; i < 10; i++) _site.AddFile($"a/f{i}", 100 + i);
        _site.WriteManifest(2);
    }

    public void Dispose() => _site.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task What_belongs_to_the_file_systems_is_neither_copied_nor_deleted()
    {
        string[] ofSystems = ["lost+found", ".etc", ".ifsvar", "System Volume Information", "$RECYCLE.BIN", ".Trash-1000", "a/.snapshots", "a/~snapshot", "a/.Snapshot"];
        foreach (var name in ofSystems) _site.AddFile($"{name}/of the source", 10);
        _site.AddFile("aquota.user", 20);
        _site.AddFile("a/aquota.user", 30);
        _site.AddFile("quota.user/of a user", 30);
        _site.AddFile("a/.snapshot-not/x", 40);
        await _site.MigrateAsync();
        foreach (var name in ofSystems) File.WriteAllText(Path.Combine(_site.MakeDirectory($"target/{name}"), "of the target"), "");
        File.WriteAllText(_site["target/quota.group"], "");
        VerifiedSite.Keeping(_site["target/a"], () => File.WriteAllText(_site["target/a/extra"], ""));

        var ended = await _site.CutoverAsync();

        ended.Cutover.IsSignedOff.ShouldBeTrue(ended.HowToGoOn);
        File.Exists(_site["target/a/extra"]).ShouldBeFalse();
        File.Exists(_site["target/aquota.user"]).ShouldBeFalse();
        File.Exists(_site["target/quota.group"]).ShouldBeTrue();
        File.Exists(_site["target/a/aquota.user"]).ShouldBeTrue("deeper down it is a file of a user");
        File.Exists(_site["target/quota.user/of a user"]).ShouldBeTrue("it is a directory");
        File.Exists(_site["target/a/.snapshot-not/x"]).ShouldBeTrue();
        foreach (var name in ofSystems) Directory.GetFiles(_site[$"target/{name}"]).Select(Path.GetFileName).ShouldBe(["of the target"], name);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_was_mounted_in_the_target_at_the_last_pass_is_missed()
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to mount file systems.");
        for (var i = 0; i < 20; i++) _site.AddFile($"b/f{i}", 100);
        var mount = _site.MakeDirectory("target/a");
        Tool.Read("mount", "-t", "tmpfs", "none", mount);
        try
        {
            await _site.MigrateAsync();
        }
        finally
        {
            Tool.Read("umount", "-l", mount);
        }

        (await _site.WhyNotSyncAsync<StorageException>()).ShouldStartWith(
            "The target of migration demo had another file system (tmpfs, 11 entries) mounted at ./a at the last pass, and has none there now.");
        Directory.GetFileSystemEntries(mount).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_target_that_holds_the_records_of_its_runs_is_refused()
    {
        _site.WriteManifest(2);
        File.WriteAllText(_site["migrations.yml"], File.ReadAllText(_site["migrations.yml"]).Replace("target: target", "target: .").Replace("directory: source", "directory: ../source"));

        (await Should.ThrowAsync<StageFailedException>(() => _site.MigrateAsync())).InnerException!.Message
            .ShouldContain("holds the records of its own runs");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("--partial-dir=parts/", "a/parts")]
    [InlineData("--delay-updates", ".~tmp~")]
    public async Task A_directory_of_the_source_that_rsync_keeps_for_itself_stops_the_plan(string option, string directory)
    {
        _site.AddFile($"{directory}/x", 40);
        _site.WriteManifest(2, $"options: [{option}]");

        var why = (await Should.ThrowAsync<StageFailedException>(() => _site.MigrateAsync())).InnerException.ShouldBeOfType<StorageException>();

        why.Message.ShouldStartWith($"The source has a directory ./{directory}, and rsync leaves out directories called {Path.GetFileName(directory)}:");
        Directory.Delete(_site[$"source/{directory}"], recursive: true);
        (await _site.MigrateAsync()).IsWithExceptions.ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_lies_on_a_file_system_that_is_mounted_in_the_target_is_neither_listed_nor_deleted()
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to mount file systems.");
        await _site.MigrateAsync();
        string[] mounts = [_site.MakeDirectory("target/extra/mo unt"), _site.MakeDirectory("target/a/mount")];
        File.WriteAllText(_site["target/extra/beside"], "");
        File.WriteAllText(_site["target/a/extra"], "");
        foreach (var mount in mounts) Tool.Read("mount", "-t", "tmpfs", "none", mount);
        try
        {
            foreach (var mount in mounts) File.WriteAllText(Path.Combine(mount, "precious"), "");

            await _site.SyncAsync();
            var ended = await _site.CutoverAsync();

            foreach (var mount in mounts) File.Exists(Path.Combine(mount, "precious")).ShouldBeTrue();
            ended.Cutover.IsSignedOff.ShouldBeTrue(ended.HowToGoOn);
            File.Exists(_site["target/a/extra"]).ShouldBeFalse();
            _site.Said("2 other file systems are mounted below the target, first ");
            _site.Said("2 entries are only on the target");
            File.Exists(_site["target/extra/beside"]).ShouldBeFalse("it is not on the other file system");
        }
        finally
        {
            foreach (var mount in mounts) Tool.Read("umount", "-l", mount);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_was_mounted_in_the_source_at_the_last_pass_and_is_not_any_more_is_not_taken_for_gone()
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to mount file systems.");
        var mount = _site.MakeDirectory("source/a/mount");
        Tool.Read("mount", "-t", "tmpfs", "none", mount);
        try
        {
            File.WriteAllText(Path.Combine(mount, "precious"), "");
            await _site.MigrateAsync();
        }
        finally
        {
            Tool.Read("umount", "-l", mount);
        }

        const string Why = "had another file system (tmpfs, 2 entries) mounted at ./a/mount at the last pass, and has none there now. Is it mounted?";
        (await _site.WhyNotSyncAsync<StorageException>()).ShouldContain(Why);
        (await _site.WhyNotCutoverAsync<StorageException>()).ShouldContain(Why);
        var rehearsed = await _site.CutoverAsync(dryRun: true);
        rehearsed.Cutover.Steps.ShouldContain(step => step.Name == "deletes" && step.Standing == CutoverStanding.Open && step.Words.Contains(Why));
        File.Exists(_site["target/a/mount/precious"]).ShouldBeTrue();
        (await _site.SyncAsync(acceptDrift: true)).Run.IsFinished.ShouldBeTrue();
    }
}

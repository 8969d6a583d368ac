using QSplit.Partitioning;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Transfers;

namespace QSplit.Tests.Stages;

/// <summary>What a target cannot store, and which file systems lie inside the trees, is said before anything is copied.</summary>
public sealed class TargetLimitSpecs : IDisposable
{
    private readonly VerifiedSite _site = new();
    private readonly List<string> _mounted = [];

    public void Dispose()
    {
        foreach (var mount in Enumerable.Reverse(_mounted)) Tool.Read("umount", "-l", mount);
        _site.Dispose();
    }

    [Fact(Timeout = HangLimit)]
    public async Task File_systems_inside_the_trees_are_in_the_plan_with_their_sizes_however_the_tree_is_cut()
    {
        Mount("source/a/mo unt", "-t", "tmpfs", "none");
        Mount("target/a", "-t", "tmpfs", "none");
        foreach (var (name, size) in (IEnumerable<(string, int)>)[("a/f", 10), ("a/mo unt/big", 8192), ("a/mo unt/sub/small", 4096), ("b/f", 30)]) _site.AddFile(name, size);

        foreach (var buckets in (int[])[1, 3])
        {
            _site.WriteManifest(buckets);
            var planned = await _site.RunAsync(pipeline => pipeline.Plan, new("migrations.yml", [], null, [], false));

            foreach (var plan in (Plan[])[planned.Plan, PlanFile.Read(planned.Folder)])
                plan.Mounts.Select(mount => $"{mount.Path} {mount.Type} {mount.Totals.Entries} {mount.Totals.LogicalBytes} {mount.InTarget}")
                    .ShouldBe(["./a/mo unt tmpfs 4 12288 False", "./a tmpfs 6 12298 True"]);
            var page = File.ReadAllText(Path.Combine(planned.Folder, WritePlan.FileName));
            page.ShouldContain("## Other file systems");
            page.ShouldContain("| source | ./a/mo unt | tmpfs | 12.0 KiB | 4 |");
            File.ReadAllText(Path.Combine(planned.Folder, "report.html")).ShouldContain("Another file system (tmpfs) is mounted here: 4 entries with ");
            PlanNotes.Lines(planned.Plan).ShouldContain(line => line.StartsWith("./a: Another file system (tmpfs) is mounted here in the target: 6 entries with "));
        }
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("", false)]
    [InlineData("options: [--sparse]", true)]
    public async Task A_sparse_file_whose_holes_would_fill_the_target_stops_a_migration_before_anything_is_copied(string keys, bool fits)
    {
        Mount("target", "-t", "tmpfs", "-o", "size=16m", "none");
        _site.AddFile("a/f", 10);
        Tool.Read("truncate", "-s", "100M", _site["source/a/sparse"]);
        _site.WriteManifest(2, keys);

        if (fits)
        {
            (await _site.MigrateAsync()).Run.IsFinished.ShouldBeTrue();
            new FileInfo(_site["target/a/sparse"]).Length.ShouldBe(100L << 20);
            return;
        }
        var why = await Should.ThrowAsync<StageFailedException>(() => _site.MigrateAsync());
        why.InnerException!.Message.ShouldContain("Put --sparse into the options, free some room, or extend the file system. 1 file has holes, ");
        Directory.GetFileSystemEntries(_site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_full_file_system_in_the_target_is_left_out_and_all_else_is_copied()
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to mount file systems.");
        for (var i = 0; i < 40; i++) _site.AddFile($"small/f{i}", 40_000);
        for (var i = 0; i < 40; i++) _site.AddFile($"z/f{i}", 10);
        _site.WriteManifest(1);
        var mount = _site.MakeDirectory("target/small");
        Tool.Read("mount", "-t", "tmpfs", "-o", "size=400k", "none", mount);
        try
        {
            var copied = await _site.MigrateAsync();

            (copied.Run.IsFinished, copied.IsWithExceptions).ShouldBe((true, true), copied.HowToGoOn);
            copied.Run.Exceptions.ShouldAllBe(entry => entry.Class == ExceptionClass.Quota);
            copied.Run.Buckets.Values.Max(bucket => bucket.Attempts).ShouldBeLessThan(10);
            Directory.GetFiles(_site["target/z"]).Length.ShouldBe(40);
        }
        finally
        {
            Tool.Read("umount", "-l", mount);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task Times_that_the_target_does_not_store_are_counted_before_and_cost_no_second_copy()
    {
        if (Tool.Run("sh", "-c", "command -v mkfs.ext4").ExitCode != 0) Assert.Skip("mkfs.ext4 is not installed: apt-get install e2fsprogs");
        var image = _site["image"];
        // Inodes of 128 bytes have no place for more than 32 bits.
        Tool.Read("sh", "-c", $"truncate -s 8M '{image}' && mkfs.ext4 -q -F -I 128 -O ^has_journal '{image}'");
        Mount("target", "-o", "loop", image);
        foreach (var name in (string[])["a/old", "a/new", "b/f", "top"]) _site.AddFile(name, 100);
        Tool.Read("touch", "-d", "@-2208988800", _site["source/a/old"], _site["source/top"]);
        Tool.Read("touch", "-d", "@4102444800", _site["source/a/new"]);
        _site.WriteManifest(3);

        await _site.MigrateAsync();
        File.AppendAllText(_site["source/b/f"], "more");
        var synced = await _site.SyncAsync();

        _site.Said("3 planned entries have times that ");
        _site.Said("(before 1901-12-13, 2038-01-19 to 2106-02-07), first ./a/old: ");
        (synced.Run.IsFinished, synced.Run.Moved.Files).ShouldBe((true, 1));
        // With the time stored the bucket is compared by size and time, as all others.
        RsyncArguments.For(Pass.Seal, new("/old", "/new", [], [], null, false) { ByChecksum = true }).ShouldContain("--checksum");
        RsyncArguments.For(Pass.Baseline, new("/old", "/new", [], [], null, false) { HasTwoSeconds = true }).ShouldContain("--modify-window=1");
    }

    private void Mount(string directory, params string[] words)
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to mount file systems.");
        var path = _site.MakeDirectory(directory);
        Tool.Read("mount", [.. words, path]);
        _mounted.Add(path);
    }
}

using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Reports;
using QSplit.Testing;
using QSplit.Trees;

namespace QSplit.Tests.Stages;

/// <summary>Whatever happens to the source, a sync brings all of it across, and deletes nothing; what is only on the target goes by a list that somebody read.</summary>
public sealed class SyncSpecs : IDisposable
{
    private readonly VerifiedSite _site = new();

    public void Dispose() => _site.Dispose();

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task After_any_history_of_changes_the_trees_are_equal_once_the_list_was_carried_out(int seed)
    {
        TreeMaker.Make(_site["source"], new(seed, 60, 60_000, FilesPerDirectory: 4));
        _site.WriteManifest(1 + seed, "deleteLimit: 100%");
        await _site.MigrateAsync();
        var history = new History(_site["source"], seed);
        for (var pass = 0; pass < 2; pass++)
        {
            history.Change(12);
            var synced = await _site.SyncAsync(acceptDrift: true);
            synced.Run.IsFinished.ShouldBeTrue(synced.HowToGoOn);
            synced.Run.Moved.Deleted.ShouldBe(0);
            ShouldHaveAllOfTheSource(synced);
        }
        history.Change(6);
        var list = await _site.SyncAsync(acceptDrift: true);

        var last = await _site.SyncAsync(deletes: list.Folder, acceptDrift: true);

        last.Run.IsFinished.ShouldBeTrue(last.HowToGoOn);
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
        last.Run.Moved.Deleted.ShouldBeLessThanOrEqualTo(last.Run.Started.Deletions);
        (await _site.VerifyAsync()).Run.Checked.Found.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Only_what_changed_is_copied_also_in_the_same_second_at_the_same_size()
    {
        for (var i = 0; i < 40; i++) _site.AddFile($"d{i / 8}/f{i}", 20_000);
        _site.WriteManifest(4);
        await _site.MigrateAsync();
        Tool.Read("sh", "-c", $"cd '{_site["source"]}/d1'; t=$(stat -c %Y f9); printf X | dd of=f9 conv=notrunc status=none; touch -d @$t.5 f9");
        _site.AddFile("d2/new", 10);
        File.Move(_site["source/d3/f24"], _site["source/d3/renamed"]);

        var synced = await _site.SyncAsync();

        (synced.Run.Moved.Files, synced.Run.Moved.Created).ShouldBe((3, 2));
        File.Exists(_site["target/d3/f24"]).ShouldBeTrue();
        var list = DeletionFile.Read(synced.Folder);
        list.Items.Select(item => item.Path.ToString()).ShouldBe(["./d3/f24"]);
        (list.Migration, list.Run).ShouldBe(("demo", synced.Run.Id));
        (list.Entries, list.Bytes).ShouldBe((1, 20_000));
        File.ReadAllText(Path.Combine(synced.Folder, "deletes.md")).ShouldContain("| ./d3/f24 | 1 | 19.5 KiB | not on the source |");
        _site.Said("1 entry is only on the target, 19.5 KiB");
        _site.Said("The last pass of a cutover would take about ");
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_a_directory_is_in_the_way_of_waits_for_the_deletes_and_hinders_nothing_else()
    {
        for (var i = 0; i < 12; i++) _site.AddFile($"d{i / 4}/f{i}", 1000);
        _site.AddFile("d0/turns/into/a file", 1000);
        _site.WriteManifest(3);
        await _site.MigrateAsync();
        Directory.Delete(_site["source/d0/turns"], recursive: true);
        File.WriteAllText(_site["source/d0/turns"], "a file");
        _site.AddFile("d1/other", 5);

        var synced = await _site.SyncAsync();

        synced.Run.IsFinished.ShouldBeTrue(synced.HowToGoOn);
        File.Exists(_site["target/d1/other"]).ShouldBeTrue();
        File.Exists(_site["target/d0/turns/into/a file"]).ShouldBeTrue();
        DeletionFile.Read(synced.Folder).Items.ShouldAllBe(item => item.GivesWay);
        synced.HowToGoOn.ShouldStartWith("All that changed is across, as of this pass, but for 1 entry in whose place the target has a directory:");
        (await _site.SyncAsync(deletes: synced.Folder)).HowToGoOn.ShouldBe("All that changed is across, as of this pass.");
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_came_into_a_listed_place_after_the_review_stays_with_all_that_is_there()
    {
        for (var i = 0; i < 12; i++) _site.AddFile($"d{i / 4}/f{i}", 1000);
        _site.AddFile("d0/turns/into/a file", 1000);
        _site.WriteManifest(3);
        await _site.MigrateAsync();
        foreach (var extra in (string[])["target/gone", "target/q", "target/r"]) File.WriteAllText(Path.Combine(_site.MakeDirectory(extra), "1"), "");
        File.WriteAllText(_site["target/d1/report"], "");
        Directory.Delete(_site["source/d0/turns"], recursive: true);
        File.WriteAllText(_site["source/d0/turns"], "a file");
        var list = await _site.SyncAsync();
        // A listed entry that no longer exists must not allow another deletion.
        Directory.Delete(_site["target/gone"], recursive: true);
        File.WriteAllText(_site["target/q/2"], "");
        File.Delete(_site["target/d1/report"]);
        File.WriteAllText(Path.Combine(_site.MakeDirectory("target/d1/report"), "chapter"), "");
        File.WriteAllText(_site["target/d0/turns/into/more"], "");

        await _site.SyncAsync(deletes: list.Folder);

        Directory.Exists(_site["target/r"]).ShouldBeFalse();
        foreach (var kept in (string[])["q/1", "q/2", "d1/report/chapter", "d0/turns/into/more", "d0/turns/into/a file"])
            File.Exists(_site[$"target/{kept}"]).ShouldBeTrue(kept);
        _site.Said("more in them than the list names, first ./d1/report: 2 entries now, 1 in the list. Not deleted; the next sync lists them anew.");
        var anew = await _site.SyncAsync();
        (await _site.SyncAsync(deletes: anew.Folder)).Run.IsFinished.ShouldBeTrue();
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_that_came_in_the_way_after_the_review_stays()
    {
        for (var i = 0; i < 12; i++) _site.AddFile($"d{i / 4}/f{i}", 1000);
        _site.AddFile("d0/turns/into/a file", 1000);
        _site.WriteManifest(3);
        await _site.MigrateAsync();
        File.Delete(_site["source/d1/f5"]);
        var reviewed = await _site.SyncAsync();
        Directory.Delete(_site["source/d0/turns"], recursive: true);
        File.WriteAllText(_site["source/d0/turns"], "a file");

        await _site.SyncAsync(deletes: reviewed.Folder);

        File.Exists(_site["target/d1/f5"]).ShouldBeFalse();
        File.Exists(_site["target/d0/turns/into/a file"]).ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_on_the_list_is_as_large_as_all_its_files_whatever_they_are_called()
    {
        _site.AddFile("d/stays", 10);
        _site.WriteManifest(2);
        await _site.MigrateAsync();
        Directory.CreateDirectory(_site["target/d/gone/ü\n"]);
        File.WriteAllBytes(_site["target/d/gone/ü\n/a\nb"], new byte[1000]);
        File.WriteAllBytes(_site["target/d/gone/c"], new byte[500]);
        File.WriteAllBytes(_site["target/d/#x "], new byte[7]);

        var list = DeletionFile.Read((await _site.SyncAsync()).Folder);

        list.Items.Select(item => (item.Path.ToString(), item.Entries, item.Bytes)).ShouldBe([("./d/#x ", 1, 7), ("./d/gone", 4, 1500)]);
        list.Bytes.ShouldBe(1507);
        Directory.GetFileSystemEntries(_site["target"]).ShouldHaveSingleItem();
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_came_back_or_was_never_listed_is_not_deleted()
    {
        for (var i = 0; i < 12; i++) _site.AddFile($"d{i / 4}/f{i}", 1000);
        _site.WriteManifest(3);
        await _site.MigrateAsync();
        foreach (var name in new[] { "d0/f1", "d1/f5" }) File.Delete(_site[$"source/{name}"]);
        var list = await _site.SyncAsync();
        _site.AddFile("d0/f1", 7);
        File.Delete(_site["source/d2/f9"]);

        await _site.SyncAsync(deletes: list.Folder);

        new FileInfo(_site["target/d0/f1"]).Length.ShouldBe(7);
        File.Exists(_site["target/d1/f5"]).ShouldBeFalse();
        File.Exists(_site["target/d2/f9"]).ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_deep_in_a_tree_has_its_time_again_after_something_in_it_was_deleted()
    {
        for (var i = 0; i < 4; i++) _site.AddFile($"a/b/c/d{i}/file", 10);
        _site.WriteManifest(1);
        await _site.MigrateAsync();
        File.Delete(_site["source/a/b/c/d1/file"]);
        Directory.Delete(_site["source/a/b/c/d2"], recursive: true);
        var list = await _site.SyncAsync();

        (await _site.SyncAsync(deletes: list.Folder)).Run.Moved.Deleted.ShouldBe(3);

        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_was_unmounted_emptied_or_has_lost_much_deletes_nothing()
    {
        for (var i = 0; i < 300; i++) _site.AddFile($"d{i / 10}/f{i}", 10);
        _site.WriteManifest(4);
        await _site.MigrateAsync();
        for (var i = 0; i < 10; i++) Directory.Delete(_site[$"source/d{3 * i}"], recursive: true);

        // More than half of it is there: what is left is copied, and nothing is listed.
        var synced = await _site.SyncAsync();

        synced.Run.IsFinished.ShouldBeTrue();
        _site.Said("has 110 entries less than at the last pass, more than 'deleteLimit: 5%' lets be deleted (100)");
        DeletionFile.Read(synced.Folder).Withheld.ShouldNotBeNull().ShouldContain("Is it whole?");
        (await _site.WhyNotSyncAsync<ManifestException>(synced.Folder)).ShouldContain("was not told, for a reason");
        Directory.Move(_site["source"], _site["elsewhere"]);
        Directory.CreateDirectory(_site["source"]);
        (await _site.WhyNotSyncAsync<StorageException>()).ShouldContain("is not the tree that was planned");
        Directory.Delete(_site["source"]);
        (await _site.WhyNotSyncAsync<StorageException>()).ShouldContain("source");
        Directory.EnumerateFiles(_site["target"], "*", SearchOption.AllDirectories).Count().ShouldBe(300);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_list_that_is_too_long_was_changed_or_is_of_another_migration_is_refused()
    {
        for (var i = 0; i < 12; i++) _site.AddFile($"d{i / 4}/f{i}", 1000);
        _site.WriteManifest(3, "deleteLimit: 1");
        await _site.MigrateAsync();
        foreach (var name in new[] { "d0/f1", "d1/f5" }) File.Delete(_site[$"source/{name}"]);
        _site.WriteManifest(3, "deleteLimit: 2");
        var list = await _site.SyncAsync();
        _site.WriteManifest(3, "deleteLimit: 1");

        (await _site.WhyNotSyncAsync<ManifestException>(list.Folder)).ShouldContain("'deleteLimit: 1' lets 1 be deleted");
        DeletionFile.Write(_site.MakeDirectory("other"), DeletionFile.Read(list.Folder) with { Migration = "other" });
        (await _site.WhyNotSyncAsync<ManifestException>("other")).ShouldContain("is of migration other");
        (await _site.WhyNotSyncAsync<ManifestException>("nowhere")).ShouldContain("cannot be read");
        File.Exists(_site["target/d0/f1"]).ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Without_a_baseline_that_is_finished_there_is_nothing_to_follow()
    {
        for (var i = 0; i < 40; i++) _site.AddFile($"d{i}/file", 200_000);
        _site.WriteManifest(8, "options: [--bwlimit=1m]", slots: 1);
        (await _site.WhyNotSyncAsync<ManifestException>()).ShouldContain("has no baseline yet");
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<OperationCanceledException>(() => _site.RunAsync(
            pipeline => pipeline.Migrate,
            new("migrations.yml", [], null, [], true),
            interrupt.Token,
            line =>
            {
                if (line.Contains(": done", StringComparison.Ordinal)) interrupt.Cancel();
            }));

        (await _site.WhyNotSyncAsync<ManifestException>()).ShouldContain("is not finished");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_sync_that_was_interrupted_goes_on_and_its_list_is_whole()
    {
        for (var i = 0; i < 24; i++) _site.AddFile($"d{i}/f{i}", 100_000);
        _site.WriteManifest(6, "options: [--bwlimit=1m]", slots: 1);
        await _site.MigrateAsync();
        for (var i = 0; i < 24; i++)
        {
            File.Move(_site[$"source/d{i}/f{i}"], _site[$"source/d{i}/g{i}"]);
            _site.AddFile($"d{i}/stays", 1000);
        }
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<OperationCanceledException>(() => _site.SyncAsync(null, interrupt.Token, line =>
        {
            if (line.StartsWith("bucket 2 of", StringComparison.Ordinal)) interrupt.Cancel();
        }));

        var synced = await _site.SyncAsync();

        _site.Said("going on with sync ");
        synced.Run.IsFinished.ShouldBeTrue(synced.HowToGoOn);
        DeletionFile.Read(synced.Folder).Items.Select(item => item.Path.ToString()).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 24).Select(i => $"./d{i}/f{i}").Order(StringComparer.Ordinal));
    }

    // But for what a directory is in the way of, all is there as on the source.
    private void ShouldHaveAllOfTheSource(RunSummary synced)
    {
        var list = DeletionFile.Read(synced.Folder);
        var waiting = list.Items.Where(item => item.GivesWay).Select(item => item.Path.ToString()[2..]).ToList();
        var extra = list.Items.Select(item => item.Path.ToString()[2..]).ToList();
        var differences = TreeComparison.Differences(_site["source"], _site["target"])
            .Where(line => !extra.Any(path => line.Contains(path, StringComparison.Ordinal)) && !waiting.Any(path => line.Contains(Parent(path), StringComparison.Ordinal)));
        differences.ShouldBeEmpty();
    }

    private static string Parent(string path) => EntryPath.Parse(path).Parent.ToString()[2..];
}

using QSplit.Manifests;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>A source that is not what it seems to be deletes nothing, by a list that was reviewed as little as by a cutover; and the reason is said.</summary>
public sealed class WithheldSpecs
{
    private const int Files = 48;
    private const uint Nobody = 65534;

    public static TheoryData<SourceKind> Clusters => [SourceKind.Frozen, SourceKind.Live];

    // A live cluster is read as a frozen one is, and copied from as a directory is.
    public static TheoryData<SourceKind> All => [SourceKind.Frozen, SourceKind.Directory];

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(All))]
    public async Task A_source_that_was_unmounted(SourceKind kind)
    {
        await using var site = await ReviewedAsync(kind);
        Unmount(site);

        await ShouldDeleteNothingAsync(site, run => ChangingSite.WhyNotAsync<StorageException>(run), acceptDrift: false, kind == SourceKind.Directory ? "is not the tree that was planned" : "planned paths that were looked for are not there");
        Mount(site);
        await ShouldGoOnAsync(site);
    }

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(All))]
    public async Task A_source_that_was_emptied(SourceKind kind)
    {
        await using var site = await ReviewedAsync(kind);
        Tool.Read("sh", "-c", $"mv '{site.Source}'/d[1-7] '{site["."]}'");

        await ShouldDeleteNothingAsync(site, run => ChangingSite.WhyNotAsync<StorageException>(run), acceptDrift: false, "is not the tree that was planned: ");
        (await ChangingSite.WhyNotAsync<ManifestException>(() => site.SyncAsync(List(site)))).ShouldContain("less than at the last pass, more than 'deleteLimit: 10' lets be deleted (10). Is it whole?");
        var stopped = await site.CutoverAsync();
        stopped.Stop.ShouldNotBeNull().ShouldContain("Is it whole? If that is as it should be, raise the limit. Nothing is deleted.");
        Arrived(site).ShouldBe(Files);
        Tool.Read("sh", "-c", $"mv '{site["."]}'/d[1-7] '{site.Source}'");
        await ShouldGoOnAsync(site);
    }

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(All))]
    public async Task A_directory_that_cannot_be_read(SourceKind kind)
    {
        await using var site = await ReviewedAsync(kind, ordinary: true);
        site.AddFile("d5/new");
        Tool.Read("chown", $"--reference={Path.Combine(site.Source, "d5")}", Path.Combine(site.Source, "d5/new"));
        Tool.Read("chmod", "0000", Path.Combine(site.Source, "d5"));

        (await site.SyncAsync(List(site))).Run.IsFinished.ShouldBeFalse();
        site.Said.ShouldContain("./d5");
        site.Said.ShouldContain("Permission denied");
        Arrived(site).ShouldBe(Files);
        var stopped = await site.CutoverAsync();
        stopped.Cutover.IsSignedOff.ShouldBeFalse();
        Arrived(site).ShouldBe(Files);
        Tool.Read("chmod", "0755", Path.Combine(site.Source, "d5"));
        // What was frozen stays as it was: another view is taken.
        await ShouldGoOnAsync(site, fresh: kind == SourceKind.Frozen);
    }

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(Clusters))]
    public async Task A_cluster_whose_totals_lag(SourceKind kind)
    {
        await using var site = await ReviewedAsync(kind);
        site.Emulator.Cluster.Faults.Lag = 0.5;

        (await ChangingSite.WhyNotAsync<ManifestException>(() => site.SyncAsync(List(site)))).ShouldContain("Is it whole? If that is as it should be, raise the limit. Nothing was begun.");
        (await site.CutoverAsync()).Stop.ShouldNotBeNull().ShouldContain("Is it whole?");
        Arrived(site).ShouldBe(Files);
        site.Emulator.Cluster.Faults.Lag = 0;
        await ShouldGoOnAsync(site);
    }

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(Clusters))]
    public async Task A_cluster_that_dies_with_its_mounts_between_the_plan_and_the_copying(SourceKind kind)
    {
        await using var site = await ReviewedAsync(kind);
        site.AddFile("d2/new");
        site.AtPlan = () =>
        {
            site.Emulator.Cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Unmount(site);
        };

        var synced = await site.SyncAsync(List(site));

        synced.Run.IsFinished.ShouldBeFalse();
        site.Said.ShouldContain("planned paths that were looked for are not there");
        Arrived(site).ShouldBe(Files);
        site.AtPlan = null;
        await ChangingSite.WhyNotAsync<StorageException>(() => site.CutoverAsync());
        Arrived(site).ShouldBe(Files);
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_older_view_that_somebody_deleted_is_done_without()
    {
        await using var site = await ReviewedAsync(SourceKind.Frozen);
        site.AddFile("d2/new");
        Directory.Move(Path.Combine(site.Source, "d3"), Path.Combine(site.Source, "e3"));
        await DropViewAsync(site);

        var synced = await site.SyncAsync(List(site));

        site.Said.ShouldContain("the frozen view of the last pass is gone, so the whole tree is looked at: ");
        synced.Run.IsFinished.ShouldBeTrue(synced.HowToGoOn);
        synced.Run.Moved.Deleted.ShouldBe(1);
        (await site.CutoverAsync()).Cutover.IsSignedOff.ShouldBeTrue();
        site.Differences().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_view_that_is_deleted_before_the_deletes_of_a_cutover()
    {
        await using var site = await ReviewedAsync(SourceKind.Frozen);
        var runs = 0;
        // The second run of it is the one that deletes.
        site.AtPlan = () =>
        {
            if (++runs == 2) DropViewAsync(site).GetAwaiter().GetResult();
        };

        var stopped = await site.CutoverAsync();

        stopped.Cutover.IsSignedOff.ShouldBeFalse();
        Arrived(site).ShouldBe(Files);
        site.AtPlan = null;
        (await ChangingSite.WhyNotAsync<StorageException>(() => site.CutoverAsync())).ShouldContain("there is no ");
        Arrived(site).ShouldBe(Files);
    }

    // A baseline, and a sync whose list somebody read.
    private static async Task<ChangingSite> ReviewedAsync(SourceKind kind, bool ordinary = false)
    {
        var site = await ChangingSite.StartAsync(kind);
        for (var i = 0; i < Files; i++) site.AddFile($"d{i / 6}/f{i}");
        Mount(site);
        site.WriteManifest(keys: "deleteLimit: 10\n    patience: 1s", mount: "mount");
        if (ordinary && ByteFiles.IsRoot)
        {
            Directory.CreateDirectory(site["bin"]);
            File.WriteAllText(site["bin/rsync"], $"#!/bin/sh\nPATH=${{PATH#*:}}\nexec setpriv --reuid={Nobody} --regid={Nobody} --clear-groups rsync \"$@\"\n");
            Tool.Read("chmod", "+x", site["bin/rsync"]);
            Directory.CreateDirectory(site.Target);
            Tool.Read("chown", "-hR", $"{Nobody}:{Nobody}", site.Source, site.Target);
            site.Programs = site["bin"] + ":";
        }
        await site.MigrateAsync();
        File.Delete(Path.Combine(site.Source, "d0/f1"));
        var synced = await site.SyncAsync();
        synced.Run.IsFinished.ShouldBeTrue(synced.HowToGoOn);
        File.CreateSymbolicLink(site["reviewed"], synced.Folder);
        return site;
    }

    private static string List(ChangingSite site) => site["reviewed"];

    private static void Mount(ChangingSite site)
    {
        if (Directory.Exists(site["mount"])) Directory.Delete(site["mount"]);
        File.CreateSymbolicLink(site["mount"], site.Source);
    }

    private static void Unmount(ChangingSite site)
    {
        File.Delete(site["mount"]);
        Directory.CreateDirectory(site["mount"]);
    }

    private static async Task ShouldDeleteNothingAsync(ChangingSite site, Func<Func<Task>, Task<string>> why, bool acceptDrift, string words)
    {
        (await why(() => site.SyncAsync(List(site), acceptDrift))).ShouldContain(words);
        (await why(() => site.CutoverAsync(acceptDrift: acceptDrift))).ShouldContain(words);
        Arrived(site).ShouldBe(Files);
    }

    // Once all is well again what was listed goes, and nothing else.
    private static async Task ShouldGoOnAsync(ChangingSite site, bool fresh = false)
    {
        var ended = await site.CutoverAsync(fresh: fresh);
        ended.Cutover.IsSignedOff.ShouldBeTrue(ended.HowToGoOn);
        Arrived(site).ShouldBe(Files - 1);
        site.Differences().ShouldBeEmpty();
    }

    private static async Task DropViewAsync(ChangingSite site)
    {
        foreach (var one in (await site.Emulator.GetAsync("/v2/snapshots/")).GetProperty("entries").EnumerateArray())
            await site.Emulator.SendAsync(HttpMethod.Delete, $"/v2/snapshots/{one.GetProperty("id").GetInt64()}", null);
    }

    private static int Arrived(ChangingSite site) => Directory.GetFiles(site.Target, "f*", SearchOption.AllDirectories).Length;
}

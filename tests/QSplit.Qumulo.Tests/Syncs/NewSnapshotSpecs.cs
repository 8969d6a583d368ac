using QSplit.Pipes;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>A snapshot that QSplit takes is there as long as something is to come of it, and not for weeks after a failure.</summary>
public sealed class NewSnapshotSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_plan_that_is_interrupted_or_fails_leaves_no_snapshot(bool isInterrupted)
    {
        await using var site = await SinceSite.StartAsync("new", "music");
        site.AddFile("a/one");
        using var stop = new CancellationTokenSource();

        var plan = () => site.PlanAsync(stop.Token, line =>
        {
            if (!line.Contains("as snapshot 1_qsplit_demo", StringComparison.Ordinal)) return;
            if (isInterrupted) stop.Cancel();
            else site.Faults.Vanish("/music");
        });

        if (isInterrupted) await Should.ThrowAsync<OperationCanceledException>(plan);
        else (await Should.ThrowAsync<StageFailedException>(plan)).InnerException.ShouldBeOfType<StorageException>();
        (await site.SnapshotsAsync()).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_snapshot_that_cannot_be_deleted_is_named_with_the_command()
    {
        await using var site = await SinceSite.StartAsync("new");
        site.AddFile("a/one");
        using var stop = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => site.PlanAsync(stop.Token, line =>
        {
            if (!line.Contains("as snapshot", StringComparison.Ordinal)) return;
            site.Faults.Lock(1);
            stop.Cancel();
        }));

        var qq = $"qq --host 127.0.0.1 --port {site.Port}";
        site.ShouldHaveSaid("demo: snapshot 1_qsplit_demo_");
        site.ShouldHaveSaid(" was not deleted and stays until ");
        site.ShouldHaveSaid($"the snapshot is locked (key 1). To unlock it: '{qq} snapshot_unlock_snapshot --id 1 --private-key-file FILE'.");
        site.ShouldHaveSaid($"To delete it: {qq} snapshot_delete_snapshot --id 1");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_snapshot_that_no_host_can_copy_from_is_deleted_and_one_of_a_run_that_was_begun_stays()
    {
        await using var site = await SinceSite.StartAsync("new");
        site.AddFile("a/one");
        site.WriteManifest("cluster: music, path: /, snapshot: new", "source: mount, target: target");
        Directory.CreateDirectory(site["mount"]);
        await Should.ThrowAsync<StageFailedException>(site.MigrateAsync);
        (await site.SnapshotsAsync()).ShouldBeEmpty();

        Mount();
        await site.MigrateAsync();
        site.AddFile("a/two");
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => site.SyncAsync(cancellationToken: stop.Token, heard: line =>
        {
            if (line.Contains("bucket 1", StringComparison.Ordinal)) stop.Cancel();
        }));
        var begun = await site.SnapshotsAsync();
        File.Delete(site["mount"]);
        Directory.CreateDirectory(site["mount"]);

        // A host whose mount is away for a while must not cost the run its snapshot.
        await Should.ThrowAsync<StageFailedException>(() => site.SyncAsync());
        (await site.SnapshotsAsync()).ShouldBe(begun);
        Mount();
        await site.SyncAsync();
        site.HasArrived("a/two").ShouldBeTrue();

        void Mount()
        {
            Directory.Delete(site["mount"]);
            File.CreateSymbolicLink(site["mount"], site.Source);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_the_account_may_not_do_is_said_before_anything_is_taken_or_planned()
    {
        await using var site = await SinceSite.StartAsync("new");
        site.AddFile("a/one");
        await site.MigrateAsync();
        site.AddFile("a/two");
        site.Faults.Withhold("PRIVILEGE_SNAPSHOT_DIFFERENCE_READ");

        // Without it a sync costs more, and is as good.
        await site.SyncAsync();
        site.HasArrived("a/two").ShouldBeTrue();
        site.ShouldHaveSaid("demo: the whole tree is looked at: Cluster music: the account admin lacks PRIVILEGE_SNAPSHOT_DIFFERENCE_READ. Grant it to a role of the account");
        site.Faults.Withhold("PRIVILEGE_SNAPSHOT_WRITE");
        var before = await site.SnapshotsAsync();

        var why = (await Should.ThrowAsync<StageFailedException>(() => site.PlanAsync())).InnerException.ShouldBeOfType<StorageException>().Message;
        why.ShouldContain("the account admin lacks PRIVILEGE_SNAPSHOT_WRITE. Grant it to a role of the account, in the web UI (Cluster > Role Management)");
        why.ShouldContain($"qq --host 127.0.0.1 --port {site.Port} auth_modify_role --role ROLE -G PRIVILEGE_SNAPSHOT_WRITE'");
        (await site.SnapshotsAsync()).ShouldBe(before);
        var found = await site.PreflightAsync();
        (found.CanGoOn, found.WhyNot).ShouldBe((false, why));
    }
}

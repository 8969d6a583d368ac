using QSplit.Clusters;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Qumulo.Tests.Emulation;
using QSplit.Trees;

namespace QSplit.Qumulo.Tests.Client;

/// <summary>The client of a cluster that behaves as real ones do: held snapshots, missing privileges, disabled tokens.</summary>
public sealed class EmulatedSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_snapshot_that_does_not_cover_the_path_is_refused_before_it_is_read(bool isMoved)
    {
        await using var emulator = await StartAsync();
        var taken = await emulator.FreezeAsync("/a");
        if (isMoved) Directory.Move(Path.Combine(emulator.Root, "a"), Path.Combine(emulator.Root, "moved"));
        await using var client = await ConnectAsync(emulator);

        var path = isMoved ? "/moved" : "/b";
        // The cluster itself answers with what is there now.
        (await (await client.OpenAsync(path, new ClusterSnapshot($"{taken}", "1_s", default, null), Cancelled)).ReadAsync(EntryPath.Root, Cancelled)).Children.ShouldNotBeEmpty();
        (await Should.ThrowAsync<StorageException>(() => client.FindSnapshotAsync($"{taken}", path, Cancelled))).Message
            .ShouldContain(isMoved ? "it was taken of /a, which is /moved now" : "it is a snapshot of /a, and /b is not in that");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_read_by_a_snapshot_of_another_directory_can_be_refused_by_the_cluster_too()
    {
        await using var emulator = await StartAsync("uncovered=yes");
        var taken = await emulator.FreezeAsync("/a");
        await using var client = await ConnectAsync(emulator);
        (await Should.ThrowAsync<StorageException>(() => client.OpenAsync("/b", new ClusterSnapshot($"{taken}", "1_s", default, null), Cancelled))).Message
            .ShouldContain("The snapshot is of another directory. Take one of this directory: 'snapshot: new'.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_snapshot_that_is_being_deleted_is_no_basis()
    {
        await using var emulator = await StartAsync("deleting=4");
        var taken = await emulator.FreezeAsync("/a");
        await using var client = await ConnectAsync(emulator);
        (await client.ListSnapshotsAsync("/a", Cancelled)).Length.ShouldBe(1);
        await client.DropSnapshotAsync(new($"{taken}", "1_s", default, null), Cancelled);

        (await client.ListSnapshotsAsync("/a", Cancelled)).ShouldBeEmpty();
        (await Should.ThrowAsync<StorageException>(() => client.FindSnapshotAsync($"{taken}", "/a", Cancelled))).Message.ShouldContain("the snapshot is being deleted");
        (await emulator.GetAsync("/v3/snapshots/?filter=only_in_delete")).GetProperty("entries")[0].GetProperty("in_delete").GetBoolean().ShouldBeTrue();
        // Some calls later it has gone.
        await emulator.GetAsync("/v4/snapshots/status/?filter=api_snapshots_exclude_not_in_delete");
        await emulator.GetAsync($"/v2/snapshots/{taken}", 404);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("locked=1", "the snapshot is locked (key 1). To unlock it: 'qq --host 127.0.0.1 ")]
    [InlineData("owned=1", "a replication uses the snapshot: it can be deleted once that has ended.")]
    public async Task A_snapshot_that_cannot_be_deleted_says_why(string fault, string why)
    {
        await using var emulator = await StartAsync(fault);
        var taken = await emulator.FreezeAsync("/a");
        await using var client = await ConnectAsync(emulator);
        (await Should.ThrowAsync<StorageException>(() => client.DropSnapshotAsync(new($"{taken}", "1_s", default, null), Cancelled))).Message.ShouldContain(why);
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_access_token_that_was_disabled_says_how_to_enable_it()
    {
        await using var emulator = await StartAsync();
        var made = await emulator.SendAsync(HttpMethod.Post, "/v1/auth/access-tokens/", """{"user": {"name": "admin"}}""");
        await using var client = await ConnectAsync(emulator, made.GetProperty("bearer_token").GetString());
        await client.ReadCapacityAsync(Cancelled);
        await emulator.SendAsync(HttpMethod.Patch, $"/v1/auth/access-tokens/{made.GetProperty("id").GetString()}", """{"enabled": false}""");

        var error = await Should.ThrowAsync<StorageException>(() => client.ReadCapacityAsync(Cancelled));
        error.Message.ShouldContain("the access token of the manifest was refused: it is disabled, has expired or was deleted.");
        error.Message.ShouldContain("auth_modify_access_token ID --enable' enables it");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Privileges_that_the_account_lacks_are_named_and_calls_that_need_them_are_refused()
    {
        await using var emulator = await StartAsync("lacks=SNAPSHOT_READ,lacks=PRIVILEGE_SNAPSHOT_WRITE");
        await using var client = await ConnectAsync(emulator);
        (await client.WhyNotAllowedAsync(ClusterRights.Read | ClusterRights.CompareSnapshots, Cancelled)).ShouldBeNull();
        (await client.WhyNotAllowedAsync(ClusterRights.FindSnapshots | ClusterRights.TakeSnapshots, Cancelled)).ShouldNotBeNull()
            .ShouldContain("the account admin lacks PRIVILEGE_SNAPSHOT_READ, PRIVILEGE_SNAPSHOT_WRITE. Grant them to a role");
        await emulator.GetAsync("/v2/snapshots/", 403);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_wrong_with_one_directory_does_not_end_a_plan()
    {
        await using var emulator = await StartAsync("refuse=fs_encountered_portal_error@/a,core=7.9.0.3,page=1");
        await using var client = await ConnectAsync(emulator, settings: new QumuloSettings { ChildrenPerCall = 1 });
        var plan = await Planner.PlanAsync(await client.OpenAsync("/", null, Cancelled), new("m", DateTimeOffset.UnixEpoch, CostModel.Default(BalanceBy.Capacity), 2, 1), Cancelled);
        plan.Buckets.SelectMany(bucket => bucket.Items).ShouldContain(EntryPath.Parse("a"));
        plan.Notes.ShouldContain(note => note.Path == EntryPath.Parse("a") && note.Text.Contains("It is a portal", StringComparison.Ordinal));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Names_of_one_file_are_found_by_listing_all_that_is_not_left_out()
    {
        await using var emulator = await StartAsync("page=1");
        foreach (var name in (string[])["b/linked", "c/left"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(emulator.Root, name))!);
            Testing.Tool.Read("ln", Path.Combine(emulator.Root, "a/file"), Path.Combine(emulator.Root, name));
        }
        await using var client = await ConnectAsync(emulator);
        var tree = await client.OpenAsync("/", null, Cancelled);

        var names = (await tree.ListLinkedNamesAsync(EntryPath.Root, path => path == EntryPath.Parse("c"), Cancelled)).ShouldNotBeNull();

        names.Select(name => $"{name.Path} {name.Links}").Order().ShouldBe(["./a/file 3", "./b/linked 3"]);
        names.Select(name => name.File).Distinct().ShouldHaveSingleItem().ShouldBe((await tree.MeasureAsync(EntryPath.Parse("c/left"), Cancelled)).File!.Value);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Task<RunningEmulator> StartAsync(string? faults = null) => RunningEmulator.StartAsync(
        root =>
        {
            foreach (var directory in (string[])["a", "b"])
            {
                Directory.CreateDirectory(Path.Combine(root, directory));
                foreach (var file in (string[])["file", "other"]) File.WriteAllBytes(Path.Combine(root, directory, file), new byte[directory == "a" ? 100_000 : 10]);
            }
        },
        options => options with { Faults = faults });

    private static Task<QumuloClient> ConnectAsync(RunningEmulator emulator, string? token = null, QumuloSettings? settings = null) => QumuloClient.ConnectAsync(
        new Cluster(
            "music", ["127.0.0.1"], emulator.Cluster.Port, token is null ? "admin" : null, token is null ? new Secret(RunningEmulator.Password) : null,
            token is null ? null : new Secret(token), null, null, emulator.Cluster.Fingerprint, false, null),
        settings ?? new QumuloSettings(), _ => { }, TimeProvider.System, Cancelled);
}

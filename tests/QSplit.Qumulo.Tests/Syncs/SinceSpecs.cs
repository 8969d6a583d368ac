using System.Globalization;
using QSplit.Partitioning;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>What a sync goes by when somebody says so: a snapshot, or a time; and what it says where that cannot tell of all.</summary>
public sealed class SinceSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData("none", 1)]
    [InlineData("new", 2)]
    public async Task I_go_by_a_snapshot_of_my_own_which_stays(string snapshot, int left)
    {
        await using var site = await SinceSite.StartAsync(snapshot);
        site.AddFile("a/one");
        site.AddFile("b/two");
        var mine = await site.FreezeAsync();
        await site.MigrateAsync();
        site.AddFile("a/one", "as it is");
        site.Move("b", "c");

        var synced = await site.SyncAsync($"{mine}");

        synced.Plan.Scope.ShouldBe(PlanScope.Changes);
        synced.Rows.ShouldContain(("Since", $"{mine}_theirs"));
        (site.HasArrived("a/one", "as it is"), site.HasArrived("c/two"), synced.Run.Moved.Files).ShouldBe((true, true, 2));
        site.ShouldHaveSaid("2 entries are only on the target");
        var there = await site.SnapshotsAsync();
        (there.Length, there.Contains(mine)).ShouldBe((left, true));
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_go_by_the_newest_snapshot_at_or_before_a_time_and_not_by_a_later_one()
    {
        await using var site = await SinceSite.StartAsync("new");
        site.AddFile("a/one");
        var first = await site.FreezeAsync();
        var later = site.Later(minutes: 10);
        var second = await site.FreezeAsync();
        site.Later(minutes: 10);
        await site.MigrateAsync();
        site.AddFile("a/two");

        var synced = await site.SyncAsync(Text(later));

        synced.Run.Started.Basis!.Words.ShouldBe($"{second}_theirs");
        site.HasArrived("a/two").ShouldBeTrue();
        (await site.SyncAsync(later.AddSeconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture))).Run.Started.Basis!.Words.ShouldBe($"{first}_theirs");
        site.ShouldHaveSaid("it is taken as UTC");
        (await site.SnapshotsAsync()).Intersect([first, second]).Count().ShouldBe(2);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("none", 1)]
    [InlineData("new", 2)]
    public async Task A_snapshot_of_a_directory_above_will_do(string snapshot, int left)
    {
        await using var site = await SinceSite.StartAsync(snapshot, "music");
        site.AddFile("a/one");
        var mine = await site.FreezeAsync();
        await site.MigrateAsync();
        site.AddFile("a/two");
        Directory.Delete(Path.Combine(site.Source, "a"), recursive: true);
        site.AddFile("b/three");

        var synced = await site.SyncAsync($"{mine}");

        (synced.Plan.Scope, site.HasArrived("b/three")).ShouldBe((PlanScope.Changes, true));
        (await site.SnapshotsAsync()).Length.ShouldBe(left);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_was_moved_away_and_back_is_not_missed_although_it_is_as_it_was_in_the_snapshot()
    {
        await using var site = await SinceSite.StartAsync("new");
        site.AddFile("a/deep/one");
        site.AddFile("b/two");
        var mine = await site.FreezeAsync();
        site.Move("a", "moved");
        await site.MigrateAsync();
        site.Move("moved", "a");

        await site.SyncAsync($"{mine}");

        site.HasArrived("a/deep/one").ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Without_a_snapshot_from_before_nothing_is_begun_and_change_times_are_gone_by_only_where_that_is_accepted()
    {
        await using var site = await SinceSite.StartAsync("new");
        site.AddFile("a/one");
        site.AddFile("b/two");
        site.AddFile("c/three");
        var time = site.Tick();
        await site.MigrateAsync();
        site.AddFile("a/one", "as it is");
        site.AddFile("new/four");
        site.Move("b", "moved");
        File.Delete(Path.Combine(site.Source, "c/three"));

        (await site.WhyNotAsync(Text(time))).ShouldSatisfyAllConditions(
            why => why.ShouldContain("Time stamps alone cannot promise completeness: what was deleted leaves none"),
            why => why.ShouldContain("--accept-incomplete"),
            why => why.ShouldContain("The newest there are: 1 ("));
        var synced = await site.SyncAsync(Text(time), accept: true);

        (site.HasArrived("a/one", "as it is"), site.HasArrived("new/four"), site.HasArrived("moved/two")).ShouldBe((true, true, false));
        synced.Run.Moved.Files.ShouldBe(2);
        site.ShouldHaveSaid("What was deleted since cannot be told");
        synced.HowToGoOn.ShouldContain("more may have");

        // It lacks something: the next begins where the last that lacks nothing ended.
        var next = await site.SyncAsync();
        (site.HasArrived("moved/two"), next.Plan.Scope).ShouldBe((true, PlanScope.Changes));
        site.ShouldHaveSaid("entries are only on the target");
        (await site.SnapshotsAsync()).ShouldBe([long.Parse(next.Plan.Snapshot!.Id, CultureInfo.InvariantCulture)]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_live_tree_is_gone_through_by_change_times_too()
    {
        await using var site = await SinceSite.StartAsync("none");
        site.AddFile("a/one");
        await site.MigrateAsync();
        var time = site.Tick();
        site.AddFile("a/two");
        site.AddFile("new/three");

        var synced = await site.SyncAsync(Text(time), accept: true);

        (site.HasArrived("a/two"), site.HasArrived("new/three"), synced.Run.Moved.Files).ShouldBe((true, true, 2));
        (await site.SnapshotsAsync()).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_snapshot_from_after_the_last_pass_would_miss_what_changed_between()
    {
        await using var site = await SinceSite.StartAsync("new");
        site.AddFile("a/one");
        await site.MigrateAsync();
        site.AddFile("a/between");
        site.Later(minutes: 1);
        var late = await site.FreezeAsync();
        site.AddFile("a/after");

        (await site.WhyNotAsync($"{late}")).ShouldContain("what changed in between would be missed");
        await site.SyncAsync($"{late}", accept: true);
        (site.HasArrived("a/between"), site.HasArrived("a/after")).ShouldBe((false, true));
        site.ShouldHaveSaid("is not looked for");

        await site.SyncAsync();
        site.HasArrived("a/between").ShouldBeTrue();
        (await site.SnapshotsAsync()).ShouldContain(late);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("none")]
    [InlineData("new")]
    public async Task A_snapshot_that_is_not_there_is_said_with_those_that_are(string snapshot)
    {
        await using var site = await SinceSite.StartAsync(snapshot);
        site.AddFile("a/one");
        var mine = await site.FreezeAsync();
        await site.MigrateAsync();

        (await site.WhyNotAsync("99")).ShouldContain($"{mine} (");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("yesterday", false, "--since must be last, the id of a snapshot (a whole number), or a time such as 2026-11-22T17:30Z; is 'yesterday'")]
    [InlineData("-3", false, "is '-3'")]
    [InlineData("2026-02-30T10:00Z", false, "is '2026-02-30T10:00Z'")]
    [InlineData("9026-02-20T10:00Z", false, "has not come yet")]
    [InlineData("last", true, "--accept-incomplete is for --since with a snapshot or a time")]
    public async Task What_makes_no_sense_is_refused_before_anything_is_asked(string since, bool accept, string words)
    {
        await using var site = await SinceSite.StartAsync("new");

        (await site.WhyNotAsync(since, accept)).ShouldContain(words);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("directory: served", "target: target", "a directory, which is crawled")]
    [InlineData("cluster: music, path: /, snapshot: 4", "source: served, target: target", "snapshot 4, in which nothing changes")]
    public async Task It_is_not_for_sources_that_tell_of_no_changes(string source, string mounts, string words)
    {
        await using var site = await SinceSite.StartAsync("new");
        site.WriteManifest(source, mounts);

        (await site.WhyNotAsync("last")).ShouldContain(words);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_sync_that_was_interrupted_goes_by_what_it_began_with()
    {
        await using var site = await SinceSite.StartAsync("new");
        site.AddFile("a/one");
        var mine = await site.FreezeAsync();
        await site.MigrateAsync();
        site.AddFile("a/two");
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => site.SyncAsync($"{mine}", cancellationToken: stop.Token, heard: line =>
        {
            if (line.Contains("bucket 1", StringComparison.Ordinal)) stop.Cancel();
        }));

        (await site.WhyNotAsync("1999-12-31T00:00Z")).ShouldContain($"goes by --since={mine}, not 1999-12-31T00:00:00Z");
        var synced = await site.SyncAsync();

        (site.HasArrived("a/two"), synced.Run.Started.Basis!.Asked).ShouldBe((true, $"{mine}"));
        site.ShouldHaveSaid($"it goes by what changed since {mine}_theirs");
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Transfers;

namespace QSplit.Tests.Stages;

/// <summary>Looking at runs that a store and a folder know of.</summary>
public sealed class ReadStatusSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public ReadStatusSpecs() => File.WriteAllText(_folder["migrations.yml"], """
        version: 1
        migrations:
          music: { source: { directory: /mnt/old }, mounts: { target: /mnt/new } }
          film: { source: { directory: /mnt/film }, mounts: { target: /mnt/new-film } }
        """);

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task Where_nothing_was_ever_run_nothing_is_made()
    {
        var all = await ReadAsync();

        all.Select(status => (status.Migration, status.State, status.Next)).ShouldBe(
        [
            ("music", RunStanding.None, "To begin: ./build.sh --target=Migrate --migration=music"),
            ("film", RunStanding.None, "To begin: ./build.sh --target=Migrate --migration=film"),
        ]);
        Directory.Exists(_folder["artifacts"]).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_run_is_read_from_its_plan_its_events_and_what_its_controller_says()
    {
        Begin("music/1", SmallPlan.Start(1), SmallPlan.End(1, new TransferOutcome.Succeeded(0)), SmallPlan.Start(2));
        using var file = Controller("music/1");
        _time.Advance(TimeSpan.FromSeconds(1));

        var (music, film) = await ReadAsync() is [var first, var second] ? (first, second) : throw new InvalidOperationException();

        (music.Run, music.State, music.Controller, film.State).ShouldBe(("music/1", RunStanding.Running, "process 1", RunStanding.None));
        (music.BytesDone, music.BytesTotal).ShouldBe((650, 1000));
        music.Rows.ShouldHaveSingleItem().Host.ShouldBe("here");
    }

    [Fact(Timeout = HangLimit)]
    public async Task When_the_controller_says_nothing_more_the_plan_tells_how_much_is_across()
    {
        Begin("music/1", SmallPlan.Start(1), SmallPlan.End(1, new TransferOutcome.Succeeded(0)), SmallPlan.Start(2));
        using var file = Controller("music/1");
        _time.Advance(TimeSpan.Zero);
        var said = File.ReadAllBytes(_folder["artifacts/runs/music/1/progress.json"]);
        file.Dispose();
        File.WriteAllBytes(_folder["artifacts/runs/music/1/progress.json"], said);
        _time.Advance(TimeSpan.FromSeconds(15));

        var music = (await ReadAsync())[0];

        (music.State, music.BytesDone, music.BytesTotal).ShouldBe((RunStanding.Stopped, 600, 1000));
        music.Words.ShouldBe("stopped: its controller (process 1) died; it was last heard of 15 s ago");
        music.Next.ShouldBe("To go on: ./build.sh --target=Migrate --migration=music");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("music/1")]
    [InlineData("1")]
    public async Task I_can_look_at_an_earlier_run(string run)
    {
        Begin("music/1", new RunEvent.Stopped("interrupted"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Begin("music/2", new RunEvent.Finished());

        (await ReadAsync(migration: "music"))[0].Run.ShouldBe("music/2");
        var earlier = (await ReadAsync(run, "music")).ShouldHaveSingleItem();

        (earlier.Run, earlier.Words, earlier.Next).ShouldBe(("music/1", "stopped: interrupted", "A newer run took its place."));
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_id_of_a_run_says_which_migration_is_meant()
    {
        Begin("music/1", new RunEvent.Stopped("interrupted"));

        (await ReadAsync("music/1")).ShouldHaveSingleItem().Run.ShouldBe("music/1");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_run_that_there_is_not_is_refused_with_those_that_there_are()
    {
        foreach (var n in Enumerable.Range(1, 12))
        {
            Begin($"music/{n}");
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        (await RefusedAsync("music/13")).ShouldBe(
            "--run asks for run 'music/13', which migration music does not have. Its last are music/12, music/11, music/10, music/9, music/8, music/7, music/6, music/5, music/4, music/3.");
        (await RefusedAsync("film/1")).ShouldBe("--run asks for run 'film/1', which migration film does not have. It has none yet.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_folder_that_is_gone_is_no_reason_to_say_nothing()
    {
        Begin("music/1", new RunEvent.Stopped("interrupted"));
        Directory.Delete(_folder["artifacts/runs"], recursive: true);

        var music = (await ReadAsync())[0];

        (music.Words, music.BytesTotal).ShouldBe(("stopped: interrupted", null));
    }

    private void Begin(string run, params RunEvent[] events)
    {
        var plan = SmallPlan.Of(600, 300, 100);
        PlanFile.Write(_folder[$"artifacts/runs/{run}"], plan);
        using var store = RunStore.Open(_folder["artifacts/qsplit.db"], _time);
        store.Append(run, SmallPlan.Begun(plan).Started with { Migration = run.Split('/')[0], Folder = run });
        foreach (var happened in events) store.Append(run, happened);
    }

    private ProgressFile Controller(string run) => new(_time, _folder[$"artifacts/runs/{run}"], "process 1", () => new(
        650, 1000, 1, 0, 3, 10, TimeSpan.FromSeconds(35), [new(new Slot("here", 1), 2, 1, 0.2, 50, TimeSpan.FromSeconds(5))]));

    private Task<ImmutableArray<RunStatus>> ReadAsync(string? run = null, string? migration = null)
    {
        var around = World.Of(_folder.Path, time: _time);
        var request = new MigrationRequest("migrations.yml", migration is null ? [] : [migration], null, [], false, null, run);
        return (request | new MigrationPipeline(around).Status).RunAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> RefusedAsync(string run) =>
        (await Should.ThrowAsync<StageFailedException>(() => ReadAsync(run))).GetBaseException().ShouldBeOfType<ManifestException>().Message;
}

using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Reports.Files;
using QSplit.Reports.Html;
using QSplit.Runs;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Transfers;

namespace QSplit.Tests.Stages;

/// <summary>Reports of runs and plans that a store and their folders know of.</summary>
public sealed class ReportAgainSpecs : IDisposable
{
    private static readonly TransferOutcome Done = new TransferOutcome.Succeeded(0);
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public ReportAgainSpecs() => File.WriteAllText(_folder["migrations.yml"], """
        version: 1
        migrations:
          music: { source: { directory: old }, mounts: { target: /mnt/new } }
          film: { source: { directory: /mnt/film }, mounts: { target: /mnt/new-film } }
        """);

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task The_report_of_the_last_run_is_made_again_and_one_without_a_run_says_how_to_begin()
    {
        Begin("music/202611221730", RunMode.Copy, SmallPlan.Start(1), SmallPlan.End(1, Done), new RunEvent.Stopped("interrupted"));

        var (music, film) = await ReportAsync() is [var first, var second] ? (first, second) : throw new InvalidOperationException();

        music.Lines.ShouldBe(["music, run music/202611221730: stopped: interrupted", .. Files("music/202611221730").Select(file => $"  {file}")]);
        var report = Read("music/202611221730");
        (report.Kind, report.Run!.Attempts.Length, report.Status.Next).ShouldBe((ReportKind.Run, 1, "To go on: ./build.sh --target=Migrate --migration=music"));
        report.Program.ShouldMatch(@"^QSplit \d+\.\d+\.\d+[^+]*$");
        film.Lines.ShouldBe(["film: no run yet", "  There is nothing to report of. To begin: ./build.sh --target=Migrate --migration=film"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_dry_run_that_came_last_is_the_last_run()
    {
        Begin("music/202611221730", RunMode.Copy, new RunEvent.Stopped("interrupted"));
        Begin("music/202611221731", RunMode.DryRun, new RunEvent.Stopped("interrupted"));

        (await ReportAsync(migration: "music"))[0].Lines[0].ShouldBe("music, dry run music/202611221731: stopped: interrupted");

        var report = Read("music/202611221731");
        (report.Kind, report.Status.Next).ShouldBe((ReportKind.DryRun, "To look again: ./build.sh --target=DryRun --migration=music"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_same_run_gives_the_same_report_but_for_when_it_was_made()
    {
        Begin("music/202611221730", RunMode.Copy, SmallPlan.Start(1), SmallPlan.End(1, Done), SmallPlan.Start(2), SmallPlan.End(2, new TransferOutcome.Transient(12, "the pipe broke")), new RunEvent.Stopped("interrupted"));
        await ReportAsync(migration: "music");
        var before = Files("music/202611221730").Select(File.ReadAllText).ToList();
        var first = Read("music/202611221730");
        _time.Advance(TimeSpan.FromHours(1));

        await ReportAsync("202611221730", "music");

        var again = Read("music/202611221730");
        (again.Made - first.Made).ShouldBe(TimeSpan.FromHours(1));
        ReportJson.Write(again with { Made = first.Made, Status = again.Status with { At = first.Status.At } }).ShouldBe(ReportJson.Write(first));
        File.ReadAllText(_folder["artifacts/runs/music/202611221730/report.html"]).ShouldBe(ReportHtml.Write(again));
        ReportHtml.Write(again with { Made = first.Made }).ShouldBe(ReportHtml.Write(first));
        foreach (var (file, text) in Files("music/202611221730").Zip(before).Where(pair => Path.GetExtension(pair.First) is not (".json" or ".html")))
            File.ReadAllText(file).ShouldBe(text, file);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_plan_that_nothing_came_of_gets_the_report_of_a_plan()
    {
        Plan("music/202611221730");
        Plan("music/202611221730-2");

        (await ReportAsync(migration: "music"))[0].Lines[0].ShouldBe("music, plan music/202611221730-2: no run yet");
        (await ReportAsync("music/202611221730"))[0].Id.ShouldBe("music/202611221730");

        var report = Read("music/202611221730");
        (report.Kind, report.Run, report.Manifest.Source, report.Manifest.Target).ShouldBe((ReportKind.Plan, null, _folder["old"], "/mnt/new"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_run_that_there_is_not_is_refused_with_those_that_there_are()
    {
        Plan("music/202611221730");
        Begin("music/202611221731", RunMode.Copy);

        var failure = (await Should.ThrowAsync<StageFailedException>(() => ReportAsync("music/../film"))).GetBaseException().ShouldBeOfType<ManifestException>();
        failure.Message.ShouldContain("asks for run 'music/../film'");
        var other = (await Should.ThrowAsync<StageFailedException>(() => ReportAsync("music/1"))).GetBaseException().ShouldBeOfType<ManifestException>();
        other.Message.ShouldBe("--run asks for run 'music/1', which migration music does not have. Its last are music/202611221731, music/202611221730.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_last_runs_over_all_migrations_are_told_the_newest_first()
    {
        foreach (var n in Enumerable.Range(10, 9)) Begin($"film/2026112217{n}", RunMode.Copy, new RunEvent.Finished());
        Begin("music/202611221740", RunMode.Copy, SmallPlan.Start(1), SmallPlan.End(1, Done), new RunEvent.Stopped($"interrupted\n{new string('x', 200)}"));
        Begin("music/202611221741", RunMode.DryRun, new RunEvent.Finished());

        var lines = PastRun.Lines(await HistoryAsync());

        lines.Length.ShouldBe(12);
        lines[..5].ShouldBe(
        [
            "",
            "  last runs            done  when                  state",
            "  music/202611221741  100 %  2026-11-22 17:40 UTC  dry run, finished",
            $"  music/202611221740   33 %  2026-11-22 17:39 UTC  stopped: interrupted {new string('x', 79)}...",
            "  film/202611221718   100 %  2026-11-22 17:38 UTC  finished",
        ]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Where_nothing_was_ever_run_there_is_no_history_and_none_is_made()
    {
        PastRun.Lines(await HistoryAsync()).ShouldBeEmpty();

        Directory.Exists(_folder["artifacts"]).ShouldBeFalse();
    }

    private void Plan(string run) =>
        PlanFile.Write(_folder[$"artifacts/runs/{run}"], SmallPlan.Of(600, 300, 100) with { Terms = new("migrations.yml", "ab12", "old", "/mnt/new", "", "") });

    private void Begin(string run, RunMode mode, params RunEvent[] events)
    {
        Plan(run);
        using var store = RunStore.Open(_folder["artifacts/qsplit.db"], _time);
        store.Append(run, SmallPlan.Begun(SmallPlan.Of(600, 300, 100)).Started with { Migration = run.Split('/')[0], Folder = run, Mode = mode });
        foreach (var happened in events) store.Append(run, happened);
        _time.Advance(TimeSpan.FromMinutes(1));
    }

    private IEnumerable<string> Files(string run) => ((string[])["report.md", "report.html", "report.json", "report.junit.xml"]).Select(name => _folder[$"artifacts/runs/{run}/{name}"]);

    private ReportDocument Read(string run) => ReportJson.Read(File.ReadAllText(_folder[$"artifacts/runs/{run}/report.json"]));

    private Task<ImmutableArray<MadeReport>> ReportAsync(string? run = null, string? migration = null) =>
        (Request(run, migration) | Pipeline.Reports).RunAsync(TestContext.Current.CancellationToken);

    private Task<ImmutableArray<PastRun>> HistoryAsync() => (Request(null, null) | Pipeline.ReadManifest >> Pipeline.History).RunAsync(TestContext.Current.CancellationToken);

    private MigrationPipeline Pipeline => new(World.Of(_folder.Path, time: _time));

    private static MigrationRequest Request(string? run, string? migration) => new("migrations.yml", migration is null ? [] : [migration], null, [], false, null, run);
}

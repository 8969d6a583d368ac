using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

public sealed class KilledControllerSpecs
{
    private const int Kills = 12;
    private const int Buckets = 4;

    [Fact(Timeout = HangLimit)]
    public async Task Killed_at_twelve_random_moments_the_same_command_finishes_the_job()
    {
        Needs.Rsync();
        using var site = new Site();
        TreeMaker.Make(site.Source, new TreeShape(Seed: 4, Files: 400, Bytes: 5_000_000, Skew: 0.3));
        // Buckets of equal weight end together: two slots and four buckets are two steps, each longer than the moments behind it.
        site.WriteManifest(2, $"buckets: {Buckets}", "options: [--bwlimit=800k]");
        var random = new Random(1685);

        for (var kill = 1; kill <= Kills; kill++)
        {
            using var host = site.Start("--target=Migrate");
            // Half of the moments are early: start, planning, the shared directories. Half are behind a step forward, so that there are such
            // moments in the buckets, and in the seal.
            if (kill % 2 == 0) await AStepForwardAsync(site, host);
            await Task.Delay(random.Next(600), TestContext.Current.CancellationToken);
            // Something to do for the seal, which is over in no time otherwise: it arrived after planning.
            if (kill == 2) site.AddFile("late", 4_000_000);
            host.Kill();
            (await host.EndAsync()).ExitCode.ShouldBe(128 + 9, host.Output);
            await Processes.ShouldEndAsync(site.Target);
        }
        var killed = site.History;
        killed.Events.Count(e => e.Kind == "finished").ShouldBe(0);
        var cut = killed.Events.Zip(killed.Events.Skip(1)).Where(pair => pair.Second.Kind == "resumed").Select(pair => pair.First).ToList();
        cut.Count(e => e.Pass == "Baseline").ShouldBeGreaterThan(1);
        cut.Count(e => e.IsSealBegun).ShouldBeGreaterThan(0);

        var run = await site.MigrateAsync();

        run.ExitCode.ShouldBe(0, run.Output);
        site.History.BegunAgain.ShouldBeEmpty();
        site.History.Done.ShouldBe(Enumerable.Range(1, Buckets));
        // No temporary file of a killed rsync either: the trees are the same, name by name.
        site.Differences().ShouldBeEmpty();
    }

    private static Task AStepForwardAsync(Site site, HostProcess host)
    {
        var before = -1;
        return host.UntilAsync(
            () =>
            {
                var steps = site.History.Events.Count(e => e.IsBucketDone || e.IsSealBegun);
                if (before < 0) before = steps;
                return steps > before;
            },
            "a bucket was done or the seal begun");
    }
}

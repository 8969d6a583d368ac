using System.Collections.Immutable;
using System.Diagnostics;
using QSplit.Clusters;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Processes;
using QSplit.Qumulo;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Transports;

namespace QSplit.Bench;

/// <summary>A synthetic tree behind an emulator in a process of its own, planned whole once, and from then on by what changed since the last plan: each has a snapshot of its own. Nothing is copied, for there is nothing.</summary>
internal sealed class SyncedTree : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _emulator;
    private readonly Surroundings _around;
    private readonly HostConnections _hosts;
    private readonly Job _job;
    private PastPasses _passes;

    private SyncedTree(Process emulator, string[] login)
    {
        var (time, variables) = (TimeProvider.System, ImmutableDictionary<string, string>.Empty.Add("PASSWORD", login[2]));
        File.WriteAllText(_folder["migrations.yml"], $$"""
            version: 1
            clusters: { bench: { address: 127.0.0.1, port: {{login[0]}}, user: {{login[1]}}, password: "${env:PASSWORD}", fingerprint: "{{login[3]}}" } }
            hosts: { here: { local: true, slots: 4 } }
            migrations:
              bench: { source: { cluster: bench, path: /, snapshot: new }, mounts: { source: source, target: target }, hosts: [here], buckets: 16 }
            """);
        _emulator = emulator;
        _hosts = new HostConnections(new Supervisor(time, TimeSpan.FromSeconds(10)), variables, Path.GetTempPath(), time);
        var clusters = new ClusterConnections(async (cluster, token) => await QumuloClient.ConnectAsync(cluster, new QumuloSettings(), Console.Error.WriteLine, time, token));
        _around = new Surroundings(time, variables, _folder.Path, "a bench", new PlainView(time, _ => { }), clusters, _hosts, new Reloads(), (_, _, _) => Task.FromResult<string?>("is not there: this is a bench"));
        _job = ReadManifest.Run(new MigrationRequest("migrations.yml", [], null, [], false), _around)[0];
        _passes = null!;
    }

    /// <summary>Starts the emulator and makes the first plan.</summary>
    public static async Task<SyncedTree> StartAsync(string tree, string faults)
    {
        string[] serve = [Environment.GetCommandLineArgs()[0], "serve", tree, faults];
        var emulator = Process.Start(new ProcessStartInfo("dotnet", serve) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var synced = new SyncedTree(emulator, (await emulator.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The emulator did not start.")).Split(' '));
        await synced.PlanWholeAsync();
        return synced;
    }

    /// <summary>How many calls came so far, as the emulator counts them.</summary>
    public async Task<int> CallsAsync()
    {
        await _emulator.StandardInput.WriteLineAsync();
        await _emulator.StandardInput.FlushAsync();
        return int.Parse((await _emulator.StandardOutput.ReadLineAsync())!);
    }

    /// <summary>A plan of the whole tree, as of a baseline.</summary>
    public async Task PlanWholeAsync()
    {
        var cluster = await _around.Clusters.ToAsync(_job.Manifest.Clusters[0], CancellationToken.None);
        var view = await cluster.TakeSnapshotAsync("/", "bench", TimeSpan.FromDays(1), CancellationToken.None);
        var plan = await Planner.PlanAsync(await cluster.OpenAsync("/", view, CancellationToken.None), new("bench", _around.Time.GetUtcNow(), CostModel.Default(BalanceBy.Cost), 16, 4), CancellationToken.None);
        _passes = new(new(_job, plan with { Snapshot = view }, "bench/whole"), view.TakenAt, view, []);
    }

    /// <summary>A plan of what changed since the last one, as a sync makes it.</summary>
    /// <returns>How many entries it has, with the directories around what changed.</returns>
    public async Task<long> PlanChangesAsync()
    {
        var planned = await SnapshotDifference.PlanAsync(_job, _passes, DeletionList.Nothing, _around, CancellationToken.None) ?? throw new InvalidOperationException("The difference was of no use.");
        _passes = new(planned, planned.Plan.Snapshot!.TakenAt, planned.Plan.Snapshot, []);
        return planned.Plan.Totals.Entries;
    }

    /// <summary>Lists every directory of the last plan's snapshot, as one has to where nobody tells what changed.</summary>
    public async Task ListAllAsync()
    {
        var cluster = await _around.Clusters.ToAsync(_job.Manifest.Clusters[0], CancellationToken.None);
        await cluster.ReadTouchedAsync("/", _passes.View, DateTimeOffset.MaxValue, _ => false, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _around.Clusters.DisposeAsync();
        await _hosts.DisposeAsync();
        _emulator.StandardInput.Close();
        await _emulator.WaitForExitAsync();
        _emulator.Dispose();
        _folder.Dispose();
    }
}

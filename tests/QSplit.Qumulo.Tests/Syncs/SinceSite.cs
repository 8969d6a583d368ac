using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Emulator.Http;
using QSplit.Manifests;
using QSplit.Pipes;
using QSplit.Preflights;
using QSplit.Processes;
using QSplit.Qumulo.Tests.Emulation;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Transports;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>A migration from an emulated cluster to a directory beside it, run in this process.</summary>
internal sealed class SinceSite : IAsyncDisposable
{
    private static readonly ImmutableDictionary<string, string> Variables = ImmutableDictionary<string, string>.Empty
        .Add("PATH", Environment.GetEnvironmentVariable("PATH")!).Add("MUSIC_PASSWORD", RunningEmulator.Password);

    private readonly RunningEmulator _emulator;
    private readonly SetClock _clock;
    private readonly string _path;
    private readonly List<string> _said = [];

    private SinceSite(RunningEmulator emulator, SetClock clock, string path) => (_emulator, _clock, _path) = (emulator, clock, path);

    /// <summary>What is copied.</summary>
    public string Source => Path.Combine(_emulator.Root, _path);

    public string Target => _emulator.Folder["target"];

    public Faults Faults => _emulator.Cluster.Faults;

    public int Port => _emulator.Cluster.Port;

    public string this[string name] => _emulator.Folder[name];

    /// <summary>The cluster's clock, an hour behind until it is set: what is frozen at first is from long before the baseline.</summary>
    public static async Task<SinceSite> StartAsync(string snapshot, string path = "")
    {
        Assert.SkipWhen(Tool.Run("sh", "-c", "command -v rsync").ExitCode != 0, "rsync is not installed: apt-get install rsync");
        var clock = new SetClock(TimeProvider.System.GetUtcNow().AddHours(-1));
        var emulator = await RunningEmulator.StartAsync(root => Directory.CreateDirectory(Path.Combine(root, path)), time: clock);
        var site = new SinceSite(emulator, clock, path);
        site.WriteManifest($"cluster: music, path: /{path}, snapshot: {snapshot}", $"source: served/{path}, target: target");
        return site;
    }

    public void WriteManifest(string source, string mounts, string keys = "") => File.WriteAllText(_emulator.Folder["migrations.yml"], $$"""
        version: 1
        clusters:
          music: { address: 127.0.0.1, port: {{_emulator.Cluster.Port}}, user: admin, password: "${env:MUSIC_PASSWORD}", fingerprint: "{{_emulator.Cluster.Fingerprint}}" }
        hosts: { here: { local: true, slots: 2 } }
        migrations:
          demo:
            source: { {{source}} }
            mounts: { {{mounts}} }
            hosts: [here]
            buckets: 2
            deleteLimit: 100%
            {{keys}}
        """);

    public void AddFile(string name, string content = "as it was")
    {
        var path = Path.Combine(Source, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public void Move(string from, string to) => Directory.Move(Path.Combine(Source, from), Path.Combine(Source, to));

    public bool HasArrived(string name, string content = "as it was") => File.Exists(Path.Combine(Target, name)) && File.ReadAllText(Path.Combine(Target, name)) == content;

    /// <summary>Freezes a directory as a person would; its number.</summary>
    public Task<long> FreezeAsync(string of = "/") => _emulator.FreezeAsync(of, "theirs");

    /// <summary>Lets the cluster's clock go on.</summary>
    public DateTimeOffset Later(int minutes) => _clock.Now = _clock.Now.AddMinutes(minutes);

    /// <summary>Sets the cluster's clock right, and copies all.</summary>
    public async Task MigrateAsync()
    {
        _clock.Now = TimeProvider.System.GetUtcNow();
        (await RunAsync(pipeline => pipeline.Migrate, Request)).Run.IsFinished.ShouldBeTrue();
        _clock.Now = TimeProvider.System.GetUtcNow();
    }

    /// <summary>A moment by the clock that files are given their times by, later than all of those so far.</summary>
    public DateTimeOffset Tick()
    {
        var before = Touched();
        for (; ; )
            if (Touched() is var now && now > before) return now;
    }

    private DateTimeOffset Touched()
    {
        File.WriteAllText(_emulator.Folder["tick"], "");
        return new(File.GetLastWriteTimeUtc(_emulator.Folder["tick"]), TimeSpan.Zero);
    }

    public async Task<RunSummary> SyncAsync(
        string? since = null, bool accept = false, CancellationToken? cancellationToken = null, Action<string>? heard = null, bool fresh = false, string? deletes = null)
    {
        var synced = await RunAsync(pipeline => pipeline.Sync, Request with { Since = since, AcceptIncomplete = accept, Fresh = fresh, AcceptDrift = true, DeletesFile = deletes }, cancellationToken, heard);
        synced.Run.IsFinished.ShouldBeTrue(synced.HowToGoOn);
        return synced;
    }

    public Task<Planned> PlanAsync(CancellationToken? cancellationToken = null, Action<string>? heard = null) => RunAsync(pipeline => pipeline.Plan, Request, cancellationToken, heard);

    /// <summary>What a preflight finds.</summary>
    public async Task<FleetFinding> PreflightAsync() => (await RunAsync(pipeline => pipeline.Preflight, Request)).Fleet;

    /// <summary>Why a sync is refused; nothing may come of it.</summary>
    public async Task<string> WhyNotAsync(string since, bool accept = false)
    {
        var before = await StateAsync();
        var why = (await Should.ThrowAsync<StageFailedException>(() => SyncAsync(since, accept))).InnerException.ShouldBeOfType<ManifestException>().Message;
        (await StateAsync()).ShouldBe(before);
        return why;
    }

    /// <summary>What the last pass found only on the target.</summary>
    public string LastList() => Directory.GetFiles(_emulator.Folder["artifacts/runs"], "deletes.json", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)!;

    /// <summary>The numbers of the snapshots that are there.</summary>
    public async Task<long[]> SnapshotsAsync() =>
        [.. (await _emulator.GetAsync("/v2/snapshots/")).GetProperty("entries").EnumerateArray().Select(one => one.GetProperty("id").GetInt64())];

    public void ShouldHaveSaid(string words) => _said.ShouldContain(line => line.Contains(words, StringComparison.Ordinal), string.Join('\n', _said));

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    private static MigrationRequest Request { get; } = new("migrations.yml", [], null, [], false);

    private async Task<string> StateAsync() =>
        string.Join(' ', [.. await SnapshotsAsync(), .. Directory.Exists(_emulator.Folder["artifacts/runs/demo"]) ? Directory.GetDirectories(_emulator.Folder["artifacts/runs/demo"]).Order() : Enumerable.Empty<object>()]);

    private async Task<T> RunAsync<T>(
        Func<MigrationPipeline, Stage<MigrationRequest, ImmutableArray<T>>> of, MigrationRequest request, CancellationToken? cancellationToken = null, Action<string>? heard = null)
    {
        var time = TimeProvider.System;
        await using var hosts = new HostConnections(new Supervisor(time, TimeSpan.FromSeconds(10)), Variables, Path.GetTempPath(), time);
        await using var clusters = new ClusterConnections(async (cluster, token) => await QumuloClient.ConnectAsync(cluster, new QumuloSettings(), _ => { }, time, token));
        var view = new PlainView(time, line =>
        {
            lock (_said) _said.Add(line);
            heard?.Invoke(line);
        });
        var around = new Surroundings(time, Variables, _emulator.Folder.Path, "a test", view, clusters, hosts, new Reloads(), (_, _, _) => Task.FromResult<string?>("was not expected"));
        return (await (request | of(new MigrationPipeline(around))).RunAsync(cancellationToken ?? TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
    }
}

using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Partitioning;
using QSplit.Pipes;
using QSplit.Processes;
using QSplit.Qumulo.Tests.Emulation;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Transports;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>Where what is copied lies.</summary>
public enum SourceKind
{
    /// <summary>On a cluster, of which each pass copies a frozen view.</summary>
    Frozen,

    /// <summary>On a cluster, as it is there.</summary>
    Live,

    /// <summary>In a directory that is mounted.</summary>
    Directory,
}

/// <summary>A migration whose source changes while it is copied, synced and cut over, run in this process.</summary>
internal sealed class ChangingSite : IAsyncDisposable
{
    public const string Shelf = ".snapshot";

    private static readonly ImmutableDictionary<string, string> Variables = ImmutableDictionary<string, string>.Empty
        .Add("PATH", Environment.GetEnvironmentVariable("PATH")!).Add("MUSIC_PASSWORD", RunningEmulator.Password);

    private readonly RunningEmulator? _emulator;
    private readonly TemporaryFolder _folder;
    private readonly List<string> _said = [];

    private ChangingSite(SourceKind kind, RunningEmulator? emulator, TemporaryFolder folder) => (Kind, _emulator, _folder) = (kind, emulator, folder);

    public SourceKind Kind { get; }

    public RunningEmulator Emulator => _emulator ?? throw new InvalidOperationException("A directory has no cluster.");

    /// <summary>What is copied.</summary>
    public string Source => _folder["served/music"];

    public string Target => _folder["target"];

    public string this[string name] => _folder[name];

    /// <summary>What happens between the plan of a run and its copying.</summary>
    public Action? AtPlan { get; set; }

    /// <summary>Directories of programs that hosts find first, each with a colon behind it.</summary>
    public string Programs { get; set; } = "";

    /// <summary>All that was said.</summary>
    public string Said
    {
        get
        {
            lock (_said) return string.Join('\n', _said);
        }
    }

    public static async Task<ChangingSite> StartAsync(SourceKind kind, int buckets = 2, string keys = "deleteLimit: 100%")
    {
        Assert.SkipWhen(Tool.Run("sh", "-c", "command -v rsync").ExitCode != 0, "rsync is not installed: apt-get install rsync");
        var emulator = kind == SourceKind.Directory ? null : await RunningEmulator.StartAsync(root => System.IO.Directory.CreateDirectory(Path.Combine(root, "music")), below: TemporaryFolder.InMemory);
        var folder = emulator?.Folder ?? new TemporaryFolder(TemporaryFolder.InMemory);
        folder.MakeDirectory("served/music");
        var site = new ChangingSite(kind, emulator, folder);
        site.WriteManifest(buckets, keys);
        return site;
    }

    public void WriteManifest(int buckets = 2, string keys = "deleteLimit: 100%", string mount = "served/music") => File.WriteAllText(_folder["migrations.yml"], $$"""
        version: 1
        {{(_emulator is null ? "" : $$"""clusters: { music: { address: 127.0.0.1, port: {{_emulator.Cluster.Port}}, user: admin, password: "${env:MUSIC_PASSWORD}", fingerprint: "{{_emulator.Cluster.Fingerprint}}" } }""")}}
        hosts: { here: { local: true, slots: 2 } }
        migrations:
          demo:
            source: { {{Kind switch { SourceKind.Frozen => "cluster: music, path: /music, snapshot: new", SourceKind.Live => "cluster: music, path: /music, snapshot: none", _ => $"directory: {mount}" }}} }
            mounts: { {{(Kind == SourceKind.Directory ? "" : $"source: {mount}, ")}}target: target }
            hosts: [here]
            buckets: {{buckets}}
            {{(Kind == SourceKind.Frozen ? "freeze: snapshot" : "")}}
            {{keys}}
        """);

    /// <summary>Changes of the source, by chance.</summary>
    public History History(int seed, bool wild = true, int glance = 1) => new(Source, seed)
    {
        Sparing = Shelf,
        IsWild = wild,
        AnyBytes = Kind == SourceKind.Directory,
        HardLinks = wild,
        Glance = glance,
    };

    public void AddFile(string name, string content = "as it was")
    {
        var path = Path.Combine(Source, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public async Task<RunSummary> MigrateAsync()
    {
        var copied = await RunAsync(pipeline => pipeline.Migrate, Request);
        copied.Run.IsFinished.ShouldBeTrue(copied.HowToGoOn);
        return copied;
    }

    public Task<RunSummary> SyncAsync(string? deletes = null, bool acceptDrift = true) =>
        RunAsync(pipeline => pipeline.Sync, Request with { AcceptDrift = acceptDrift, DeletesFile = deletes });

    public Task<RunSummary> VerifyAsync() => RunAsync(pipeline => pipeline.Verify, Request);

    /// <summary>A cutover; who holds the source still is the frozen view of the last pass, or the operator.</summary>
    public Task<CutoverSummary> CutoverAsync(bool acceptDrift = true, bool fresh = false) =>
        RunAsync(pipeline => pipeline.Cutover, Request with { Fresh = fresh, AcceptDrift = acceptDrift, Frozen = Kind == SourceKind.Frozen ? null : "nobody writes there" });

    /// <summary>What a cutover would do.</summary>
    public Task<CutoverSummary> RehearseAsync() => RunAsync(pipeline => pipeline.CutoverDryRun, Request);

    /// <summary>Why a sync or a cutover is not begun.</summary>
    public static async Task<string> WhyNotAsync<T>(Func<Task> run) where T : Exception =>
        (await Should.ThrowAsync<StageFailedException>(run)).InnerException.ShouldBeOfType<T>().Message;

    /// <summary>How the target differs from the source, but for the cluster's frozen views.</summary>
    public IReadOnlyList<string> Differences(bool hardLinks = false) =>
        [.. TreeComparison.Differences(Source, Target, new(HardLinks: hardLinks)).Where(line => !line.StartsWith($"./{Shelf}:", StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        if (_emulator is null) _folder.Dispose();
        else await _emulator.DisposeAsync();
    }

    private static MigrationRequest Request { get; } = new("migrations.yml", [], null, [], false);

    private async Task<T> RunAsync<T>(Func<MigrationPipeline, Stage<MigrationRequest, ImmutableArray<T>>> of, MigrationRequest request)
    {
        var time = TimeProvider.System;
        await using var hosts = new HostConnections(new Supervisor(time, TimeSpan.FromSeconds(10)), Variables.SetItem("PATH", Programs + Variables["PATH"]), Path.GetTempPath(), time);
        await using var clusters = new ClusterConnections(async (cluster, token) => await QumuloClient.ConnectAsync(cluster, new QumuloSettings { Retries = 1 }, _ => { }, time, token));
        var view = new PlannedView(time, line =>
        {
            lock (_said) _said.Add(line);
        }, AtPlan);
        var around = new Surroundings(time, Variables, _folder.Path, "a test", view, clusters, hosts, new Reloads(), (_, _, _) => Task.FromResult<string?>("was not expected"));
        return (await (request | of(new MigrationPipeline(around))).RunAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
    }
}

/// <summary>A view that lets something happen when a run is shown: it is planned by then, and nothing is copied yet.</summary>
internal sealed class PlannedView(TimeProvider time, Action<string> write, Action? atPlan) : IRunView
{
    private readonly PlainView _plain = new(time, write);

    public void Say(string line) => _plain.Say(line);

    public IRunDisplay Show(Plan plan, Func<ProgressSnapshot> now)
    {
        atPlan?.Invoke();
        return _plain.Show(plan, now);
    }

    public void Conclude(RunSummary summary) => _plain.Conclude(summary);
}

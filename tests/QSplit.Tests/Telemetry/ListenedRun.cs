using System.Diagnostics;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Stages;
using QSplit.Testing;

namespace QSplit.Tests.Telemetry;

/// <summary>A real migration on this machine, by this process, with its spans and measurements.</summary>
internal sealed class ListenedRun : IDisposable
{
    private static readonly string Rsync = Tool.Run("sh", "-c", "command -v rsync").Output.Trim();
    private readonly TemporaryFolder _folder = new();
    private readonly HeardSpans _heard = new();

    public ListenedRun()
    {
        Assert.SkipWhen(Rsync.Length == 0, "rsync is not there: install package rsync");
        Measured = new Measured(Migration);
        _folder.MakeDirectory("source");
        Wrap("");
    }

    public string Migration { get; } = $"m{Guid.NewGuid():N}";

    public Measured Measured { get; }

    /// <summary>The spans of the migration, in the order in which they ended.</summary>
    public IReadOnlyList<Activity> Spans { get; private set; } = [];

    public IEnumerable<Activity> Named(string name) => Spans.Where(span => span.OperationName == name);

    /// <summary>Where the run stands, from the store.</summary>
    public RunState Stored
    {
        get
        {
            using var store = RunStore.Open(_folder["artifacts/qsplit.db"], TimeProvider.System);
            return store.Load(store.RunsOf(Migration)[0])!;
        }
    }

    public void AddFile(string path, int size)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"source/{path}"])!);
        File.WriteAllBytes(_folder[$"source/{path}"], new byte[size]);
    }

    /// <summary>Puts something before each rsync of the baseline: shell, in the folder of the test.</summary>
    public void Wrap(string before)
    {
        var path = Path.Combine(_folder.MakeDirectory("bin"), "rsync");
        File.WriteAllText(path, $"""
            #!/bin/sh
            case "$*" in *--recursive*--files-from*) cd '{_folder.Path}'; {before} ;; esac
            exec {Rsync} "$@"
            """);
        Tool.Read("chmod", "+x", path);
    }

    public async Task<RunSummary> MigrateAsync(string more = "", CancellationToken? cancellationToken = null)
    {
        File.WriteAllText(_folder["migrations.yml"], $$"""
            version: 1
            hosts:
              here: { local: true, slots: 2 }
            migrations:
              {{Migration}}:
                source: { directory: source }
                mounts: { target: target }
                hosts: [here]
                buckets: 3
                {{more}}
            """);
        var environment = DummyProgram.Environment.SetItem("PATH", $"{_folder["bin"]}:{DummyProgram.Environment["PATH"]}").SetItem("HOME", "/nonexistent");
        await using var hosts = World.Hosts(TimeProvider.System, environment);
        var pipeline = new MigrationPipeline(World.Of(_folder.Path, environment: environment, hosts: hosts));
        var request = new MigrationRequest("migrations.yml", [], null, [], false);
        using var root = _heard.Begin();
        try
        {
            return (await (request | pipeline.Migrate).RunAsync(cancellationToken ?? TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        }
        finally
        {
            Spans = _heard.Below(root);
        }
    }

    public void Dispose()
    {
        _heard.Dispose();
        Measured.Dispose();
        _folder.Dispose();
    }
}

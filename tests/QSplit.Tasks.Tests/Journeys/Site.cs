using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>A user's folder: a manifest, and a source and a target beside it. Gone in the end.</summary>
internal sealed class Site : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private bool _ordinaryUser;

    public Site()
    {
        Source = _folder.MakeDirectory("source");
        // Nobody's own login is to be found.
        SetVariable("HOME", "/nonexistent");
    }

    public string Directory => _folder.Path;

    public string Source { get; }

    public string Target => _folder["target"];

    public RunHistory History => RunHistory.Of(_folder["artifacts/qsplit.db"]);

    /// <summary>The folders of the runs and plans of the migration, in the order of their names.</summary>
    public IReadOnlyList<string> Runs => [.. System.IO.Directory.GetDirectories(_folder["artifacts/runs/demo"]).Order(StringComparer.Ordinal)];

    /// <summary>The report of the only run.</summary>
    public string Report => File.ReadAllText(Path.Combine(Runs.ShouldHaveSingleItem(), "report.md"));

    /// <summary>A path in the folder.</summary>
    public string this[string name] => _folder[name];

    /// <summary>Sets a variable for every host that is started from now on.</summary>
    public void SetVariable(string name, string value) => _variables[name] = value;

    /// <summary>From the given rsync on, rsync waits for <see cref="Release"/>: something is under way for as long as the test needs it.</summary>
    /// <param name="copies">How many rsyncs with a list run freely. The first makes the shared directories.</param>
    public void HoldAfter(int copies) => WrapRsync(copies, $"while ! [ -e '{this["go"]}' ]; do sleep 0.1; done");

    /// <summary>From the given rsync on, rsync copies 1 KB/s until <see cref="Release"/>: something is under way that can be ended while it copies.</summary>
    /// <inheritdoc cref="HoldAfter"/>
    public void SlowAfter(int copies) => WrapRsync(copies, "set -- --bwlimit=1 \"$@\"");

    /// <summary>Ends <see cref="HoldAfter"/> and <see cref="SlowAfter"/>. An rsync that is slow stays slow.</summary>
    public void Release() => File.WriteAllText(this["go"], "");

    public void WriteManifest(string text) => File.WriteAllText(this["migrations.yml"], text);

    /// <summary>Writes a manifest of one migration, demo, from source to target.</summary>
    /// <param name="slots">Of the one host.</param>
    /// <param name="more">More keys of the migration.</param>
    public void WriteManifest(int slots, params IEnumerable<string> more) => WriteManifest(
        $$"""
        version: 1
        hosts:
          here: { local: true, slots: {{slots}} }
        migrations:
          demo:
            source: { directory: source }
            mounts: { target: target }
            hosts: [here]
        {{string.Concat(more.Select(line => $"    {line}\n"))}}
        """);

    /// <summary>Writes a manifest of one migration, demo, from source, which is served as a cluster, to target.</summary>
    /// <param name="cluster">The cluster's keys.</param>
    /// <param name="source">More keys of the source.</param>
    /// <param name="more">More keys of the migration.</param>
    public void WriteClusterManifest(string cluster = "emulate: source", string source = "path: /", params IEnumerable<string> more) => WriteManifest(
        $$"""
        version: 1
        clusters:
          music: { {{cluster}} }
        hosts:
          here: { local: true, slots: 2 }
        migrations:
          demo:
            source: { cluster: music, {{source}} }
            mounts: { source: source, target: target }
            hosts: [here]
        {{string.Concat(more.Select(line => $"    {line}\n"))}}
        """);

    /// <summary>Makes a file below the source, and the directories above it. All times are old: rsync compares whole seconds.</summary>
    public void AddFile(string path, int size = 1000)
    {
        var full = Path.Combine(Source, path);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var content = new byte[size];
        new Random(path.Length + size).NextBytes(content);
        File.WriteAllBytes(full, content);
        Tool.Read("touch", "-d", "@1500000000.123456789", full);
    }

    /// <summary>Changes the mode of something below the source.</summary>
    public void SetMode(string path, string mode) => Tool.Read("chmod", mode, Path.Combine(Source, path));

    /// <summary>From now on the host runs as a user without root's powers, who owns all that is here.</summary>
    public void BelongToAnOrdinaryUser()
    {
        if (!ByteFiles.IsRoot) return;
        Tool.Read("chown", "-hR", $"{Hosts.Nobody}:{Hosts.Nobody}", _folder.Path);
        _ordinaryUser = true;
    }

    /// <summary>Starts the host in the folder.</summary>
    public HostProcess Start(params IEnumerable<string> arguments) => StartBy(_ordinaryUser ? ["setpriv", .. Hosts.AsNobody] : [], arguments);

    /// <summary>Starts the host in a session of its own, which a terminal's signals reach as a whole.</summary>
    public HostProcess StartInASession(params IEnumerable<string> arguments) => StartBy(["setsid"], arguments);

    /// <summary>Starts the host on a terminal of its own, which closes when what is started here is killed.</summary>
    public HostProcess StartOnATerminal(params IEnumerable<string> arguments) =>
        new(["script", "-q", "-e", "-c", string.Join(' ', ["dotnet", Hosts.Build, .. arguments]), "/dev/null"], _folder.Path, _variables.Select(v => (v.Key, v.Value)));

    /// <summary>Runs the host in the folder to its end.</summary>
    public async Task<HostResult> RunAsync(params IEnumerable<string> arguments)
    {
        if (!_ordinaryUser) return await HostWorker.RunAsync([.. arguments], _folder.Path, _variables);
        using var host = Start(arguments);
        return await host.EndAsync();
    }

    /// <summary>Runs the host to its end with another PATH.</summary>
    public async Task<HostResult> RunWithPathAsync(string path, params IEnumerable<string> arguments)
    {
        using var host = new HostProcess(["dotnet", Hosts.Build, .. arguments], _folder.Path, ("PATH", path));
        return await host.EndAsync();
    }

    public Task<HostResult> MigrateAsync(params IEnumerable<string> arguments) => RunAsync(["--target=Migrate", .. arguments]);

    /// <summary>Starts to migrate, and kills the controller when a bucket is done and others are not.</summary>
    public async Task KillInMidRunAsync()
    {
        SlowAfter(2);
        using var host = Start("--target=Migrate");
        await host.UntilAsync(() => History.Events.Any(e => e.IsBucketDone), "a bucket was done");
        host.Kill();
        await host.EndAsync();
        await Processes.ShouldEndAsync(Target);
        Release();
    }

    /// <summary>How the target differs from the source, in anything.</summary>
    public IReadOnlyList<string> Differences(TreeComparisonOptions? options = null) => TreeComparison.Differences(Source, Target, options);

    public void Dispose() => _folder.Dispose();

    private void WrapRsync(int copies, string then)
    {
        var rsync = Tool.Read("sh", "-c", "command -v rsync").Trim();
        var wrapper = Path.Combine(_folder.MakeDirectory("wrapped"), "rsync");
        File.WriteAllText(wrapper, $"""
            #!/bin/sh
            case "$*" in *--files-from*) ;; *) exec {rsync} "$@" ;; esac
            n=0; while ! mkdir "{_folder["wrapped"]}/$n" 2>/dev/null; do n=$((n + 1)); done
            if [ $n -ge {copies} ] && ! [ -e '{this["go"]}' ]; then {then}; fi
            exec {rsync} "$@"

            """);
        Tool.Read("chmod", "755", wrapper);
        SetVariable("PATH", $"{_folder["wrapped"]}:{Environment.GetEnvironmentVariable("PATH")}");
    }

    private HostProcess StartBy(IEnumerable<string> starter, IEnumerable<string> arguments) =>
        new([.. starter, "dotnet", Hosts.Build, .. arguments], _folder.Path, _variables.Select(v => (v.Key, v.Value)));
}

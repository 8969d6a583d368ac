using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;

namespace QSplit.Tests.OverSsh;

/// <summary>A migration over hosts that are real sshds, each with a wrapper around rsync that notes when it began and ended. The controller is this process.</summary>
internal sealed class FleetSite : IDisposable
{
    private static readonly string Rsync = Tool.Run("sh", "-c", "command -v rsync").Output.Trim();
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];
    private readonly Lock _gate = new();

    public FleetSite(params int[] hosts)
    {
        Assert.SkipWhen(SshHosts.WhyNot is not null, SshHosts.WhyNot ?? "");
        Assert.SkipWhen(Rsync.Length == 0, "rsync is not there: install package rsync");
        Numbers = hosts;
        Source = _folder.MakeDirectory("source");
        foreach (var n in hosts)
        {
            Ssh.Start(n);
            Wrap(n);
        }
    }

    public SshHosts Ssh { get; } = new();

    public IReadOnlyList<int> Numbers { get; }

    public string Source { get; }

    public string Target => _folder["target"];

    public string Directory => _folder.Path;

    public Reloads Reloads { get; } = new();

    /// <summary>All lines that a user without a terminal has seen.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_gate) return [.. _said];
        }
    }

    /// <summary>How often an rsync that copies has begun on a host.</summary>
    public int BegunOn(int n) => Notes(n).Count(note => note.Kind == "begin");

    /// <summary>A name in the manifest: h2 for 127.0.0.2.</summary>
    public static string Name(int n) => $"h{n}";

    /// <summary>Makes the source: so many files in so many directories, and one name that tools lose.</summary>
    public void MakeTree(int files = 60, int directories = 12, int bytes = 2000)
    {
        for (var i = 0; i < files; i++)
        {
            var folder = System.IO.Directory.CreateDirectory(Path.Combine(Source, $"reel {i % directories}")).FullName;
            File.WriteAllBytes(Path.Combine(folder, $"#take-{i}"), new byte[bytes + i]);
        }
        Tool.Read("find", Source, "-exec", "touch", "-h", "-d", "@1500000000.123456789", "{}", "+");
    }

    /// <summary>Writes the manifest: all hosts, two slots each unless <paramref name="host"/> says otherwise.</summary>
    /// <param name="migration">More keys of the migration.</param>
    /// <param name="host">More keys of a host, by its number.</param>
    /// <param name="only">The hosts to list; all by default.</param>
    public void WriteManifest(IEnumerable<string>? migration = null, Func<int, string>? host = null, IEnumerable<int>? only = null) => File.WriteAllText(_folder["migrations.yml"], $$"""
        version: 1
        hosts:
        {{string.Concat(Numbers.Select(n => $"  {Name(n)}: {{ address: {Ssh.Known(n).Address}, port: {Ssh.Known(n).Port}, user: {Ssh.Known(n).User}, ssh_config: {Ssh.SshConfig}, {host?.Invoke(n) ?? "slots: 2"} }}\n"))}}
        migrations:
          demo:
            source: { directory: source }
            hosts: [{{string.Join(", ", (only ?? Numbers).Select(Name))}}]
        {{string.Concat((migration ?? []).Prepend("mounts: { target: target }").GroupBy(line => line.Split(':')[0]).Select(g => $"    {g.Last()}\n"))}}
        """);

    /// <summary>Wraps the rsync of a host.</summary>
    /// <param name="before">What it does before it copies.</param>
    public void Wrap(int n, string before = "") => Ssh.Known(n).Program("rsync", $$"""
        case "$*" in *--files-from*) ;; *) exec {{Rsync}} "$@";; esac
        note() { echo "$1 $(date +%s%N) $$ $QSPLIT_LEASE" >>'{{Log(n)}}'; }
        trap 'note end; exit 20' TERM
        note begin
        exec 3<&0
        {{before}}
        {{Rsync}} "$@" <&3 3<&- &
        child=$!
        trap 'kill $child; wait $child; note end; exit 20' TERM
        wait $child
        code=$?
        note end
        exit $code
        """);

    /// <summary>The power of a host goes.</summary>
    public void Kill(int n)
    {
        Ssh.Stop(n);
        File.AppendAllText(Log(n), $"dead {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}000000 0 -\n");
    }

    /// <summary>Work that ran twice at the same moment, on whatever hosts; a host that is dead runs nothing.</summary>
    public IReadOnlyList<string> RanTwiceAtOnce()
    {
        var running = new Dictionary<string, HashSet<(int, string)>>();
        var twice = new List<string>();
        foreach (var (n, note) in Numbers.SelectMany(n => Notes(n).Select(note => (n, note))).OrderBy(x => x.note.At))
        {
            var of = running.TryGetValue(note.Lease, out var known) ? known : running[note.Lease] = [];
            if (note.Kind == "dead") foreach (var all in running.Values) all.RemoveWhere(r => r.Item1 == n);
            else if (note.Kind == "end") of.Remove((n, note.Process));
            else if (!of.Add((n, note.Process)) || of.Count > 1) twice.Add($"{note.Lease} on {string.Join(" and ", of)}");
        }
        return twice;
    }

    public Task<RunSummary> MigrateAsync(CancellationToken? cancellationToken = null) => MigrateAsync(false, cancellationToken);

    public Task<RunSummary> DryRunAsync() => RunAsync(pipeline => pipeline.DryRun, false, null);

    public Task<RunSummary> MigrateAsync(bool fresh, CancellationToken? cancellationToken = null) => RunAsync(pipeline => pipeline.Migrate, fresh, cancellationToken);

    public Task<CutoverSummary> CutoverAsync() => RunAsync(pipeline => pipeline.Cutover, false, null);

    private async Task<T> RunAsync<T>(Func<MigrationPipeline, Stage<MigrationRequest, ImmutableArray<T>>> of, bool fresh, CancellationToken? cancellationToken)
    {
        var environment = DummyProgram.Environment.SetItem("HOME", "/nonexistent");
        await using var hosts = World.Hosts(TimeProvider.System, environment);
        var around = World.Of(_folder.Path, new PlainView(TimeProvider.System, Say), environment: environment, hosts: hosts) with { Reloads = Reloads };
        var request = new MigrationRequest("migrations.yml", [], null, [], fresh) { Frozen = "exports are read-only" };
        return (await (request | of(new MigrationPipeline(around))).RunAsync(cancellationToken ?? TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
    }

    /// <summary>Why nothing was begun.</summary>
    public async Task<string> RefusalAsync() =>
        (await Should.ThrowAsync<StageFailedException>(() => MigrateAsync())).GetBaseException().ShouldBeOfType<StorageException>().Message;

    /// <summary>All is across, and nothing ran twice at once.</summary>
    public void ShouldBeDone(RunSummary summary)
    {
        summary.Run.IsFinished.ShouldBeTrue(string.Join('\n', Said));
        TreeComparison.Differences(Source, Target).ShouldBeEmpty();
        RanTwiceAtOnce().ShouldBeEmpty();
    }

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        for (var began = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(50, TestContext.Current.CancellationToken))
            if (Stopwatch.GetElapsedTime(began) > Hang) throw new TimeoutException($"It was never so. Said:\n{string.Join('\n', Said)}");
    }

    public void Dispose()
    {
        Ssh.Dispose();
        _folder.Dispose();
    }

    public string this[string name] => _folder[name];

    private void Say(string line)
    {
        lock (_gate) _said.Add(line);
    }

    private string Log(int n) => Path.Combine(Ssh.Known(n).Folder, "rsync.log");

    private ImmutableArray<(string Kind, long At, string Process, string Lease)> Notes(int n) =>
    [
        .. (File.Exists(Log(n)) ? File.ReadAllLines(Log(n)) : [])
            .Select(line => line.Split(' '))
            .Where(words => words.Length == 4)
            .Select(words => (words[0], long.Parse(words[1], CultureInfo.InvariantCulture), words[2], words[3])),
    ];
}

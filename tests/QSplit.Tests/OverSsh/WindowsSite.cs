using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;

namespace QSplit.Tests.OverSsh;

/// <summary>A migration by robocopy over hosts that are real sshds, behind which a program plays cmd and robocopy. The controller is this process.</summary>
internal sealed class WindowsSite : IDisposable
{
    private const string SourceMount = @"\\nas\old stuff (100%)";
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];
    private readonly Lock _gate = new();

    public WindowsSite(params int[] hosts)
    {
        Assert.SkipWhen(SshHosts.WhyNot is not null, SshHosts.WhyNot ?? "");
        Numbers = hosts;
        Source = _folder.MakeDirectory("source");
        foreach (var n in hosts)
        {
            Ssh.Start(n);
            Directory.CreateDirectory(Temporary(n));
            Start(n);
        }
    }

    public SshHosts Ssh { get; } = new();

    public IReadOnlyList<int> Numbers { get; }

    public string Source { get; }

    public string Target => _folder["target"];

    public string Logs => Directory.GetDirectories(_folder["artifacts/runs/demo"]).Select(run => Path.Combine(run, "logs")).Last();

    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_gate) return [.. _said];
        }
    }

    /// <summary>The folder of a host for temporary files.</summary>
    public string Temporary(int n) => Path.Combine(Ssh.Known(n).Folder, "temporary");

    /// <summary>Starts a host, or starts it again.</summary>
    public void Start(int n)
    {
        var mounts = $@"{SourceMount}={Source};D:={_folder.Path};T:={Temporary(n)}";
        Ssh.Start(n, $"ForceCommand exec {string.Join(' ', DummyProgram.Line("cmd", mounts).Select(QSplit.Processes.ShellQuote.Quote))}");
    }

    /// <summary>Makes the source: so many files in so many directories, with names that cmd could take for its own words.</summary>
    public void MakeTree(int files = 60, int directories = 12)
    {
        for (var i = 0; i < files; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(Source, $"reel %PATH% & {i % directories}")).FullName;
            File.WriteAllBytes(Path.Combine(folder, $"täke^{i} (1)"), new byte[2000 + i]);
        }
        Tool.Read("find", Source, "-exec", "touch", "-h", "-d", "@1500000000.1234567", "{}", "+");
    }

    /// <summary>Writes the manifest: all hosts, two slots each.</summary>
    public void WriteManifest(int buckets, string target = @"D:\target") => File.WriteAllText(_folder["migrations.yml"], $$"""
        version: 1
        hosts:
        {{string.Concat(Numbers.Select(n => $"  h{n}: {{ address: {Ssh.Known(n).Address}, port: {Ssh.Known(n).Port}, user: {Ssh.Known(n).User}, ssh_config: {Ssh.SshConfig}, shell: cmd, slots: 2 }}\n"))}}
        migrations:
          demo:
            source: { directory: {{Source}} }
            mover: robocopy
            mounts: { source: '{{SourceMount}}', target: '{{target}}' }
            hosts: [{{string.Join(", ", Numbers.Select(n => $"h{n}"))}}]
            buckets: {{buckets}}
        """);

    /// <summary>Lets each robocopy that copies a tree wait until it is let go.</summary>
    public void Hold(int n) => File.WriteAllText(In(n, "hold"), "");

    public void LetGo(int n) => File.Delete(In(n, "hold"));

    /// <summary>The next robocopy there that copies a tree says this and exits with the code.</summary>
    public void Fail(int n, int code, params string[] lines) => File.WriteAllLines(In(n, "fail"), [$"{code}", .. lines]);

    public void TakeRobocopy(int n) => File.WriteAllText(In(n, "no-robocopy"), "");

    /// <summary>Ends what carries connections to a host; what was started over them goes on, as it does on Windows.</summary>
    public void CutConnections(int n)
    {
        foreach (var process in Ssh.Connections(n)) Tool.Run("kill", "-9", $"{process}");
    }

    public int BegunOn(int n) => Notes(n).Count(note => note.Kind == "begin");

    /// <summary>Files in the target that say that work is in hand, or is asked to end.</summary>
    public IReadOnlyList<string> Marks(string extension) => Directory.Exists(Target) ? Directory.GetFiles(Target, $".qsplit-*.{extension}") : [];

    public Task<RunSummary> MigrateAsync(CancellationToken? cancellationToken = null) => RunAsync(pipeline => pipeline.Migrate, cancellationToken);

    public Task<RunSummary> DryRunAsync() => RunAsync(pipeline => pipeline.DryRun, null);

    /// <summary>Why nothing was begun.</summary>
    public async Task<string> RefusalAsync() => (await Should.ThrowAsync<StageFailedException>(() => MigrateAsync())).GetBaseException().ShouldBeOfType<StorageException>().Message;

    /// <summary>All is across, each file was copied once, no job ran twice at once, and nothing is left on the hosts or in the target.</summary>
    public void ShouldBeDone(RunSummary summary)
    {
        summary.Run.IsFinished.ShouldBeTrue(string.Join('\n', Said));
        TreeComparison.Differences(Source, Target).ShouldBeEmpty();
        var notes = Numbers.SelectMany(n => Notes(n).Select(note => (Host: n, Note: note))).OrderBy(all => all.Note.At).ToList();
        notes.Where(all => all.Note.Kind == "copied").GroupBy(all => all.Note.Of).Where(copies => copies.Count() > 1).ShouldBeEmpty();
        var running = new HashSet<string>();
        foreach (var (_, note) in notes)
        {
            if (note.Kind == "end") running.Remove(note.Of);
            else if (note.Kind == "begin") running.Add(note.Of).ShouldBeTrue($"job {note.Of} ran twice at once");
        }
        foreach (var n in Numbers) Directory.EnumerateFileSystemEntries(Temporary(n)).ShouldBeEmpty();
    }

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        for (var began = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(50, TestContext.Current.CancellationToken))
            if (Stopwatch.GetElapsedTime(began) > Hang) throw new TimeoutException($"It was never so. Said:\n{string.Join('\n', Said)}\n{string.Join('\n', Directory.GetFiles(Logs).SelectMany(File.ReadAllLines))}\n{string.Join('\n', Directory.GetFiles(Target))}\n{string.Join('\n', Numbers.SelectMany(n => Notes(n)))}");
    }

    public void Dispose()
    {
        Ssh.Dispose();
        _folder.Dispose();
    }

    private async Task<RunSummary> RunAsync(Func<MigrationPipeline, Stage<MigrationRequest, ImmutableArray<RunSummary>>> of, CancellationToken? cancellationToken)
    {
        var environment = DummyProgram.Environment.SetItem("HOME", "/nonexistent");
        await using var hosts = World.Hosts(TimeProvider.System, environment);
        var around = World.Of(_folder.Path, new PlainView(TimeProvider.System, Say), environment: environment, hosts: hosts);
        var request = new MigrationRequest("migrations.yml", [], null, [], false);
        return (await (request | of(new MigrationPipeline(around))).RunAsync(cancellationToken ?? TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
    }

    private string In(int n, string name) => Path.Combine(Ssh.Known(n).Folder, name);

    private void Say(string line)
    {
        lock (_gate) _said.Add(line);
    }

    private ImmutableArray<(string Kind, long At, string Of)> Notes(int n) =>
    [
        .. Directory.GetFiles(Ssh.Known(n).Folder, "robocopy.*.log").SelectMany(File.ReadAllLines)
            .Select(line => line.Split(' '))
            .Where(words => words.Length == 4)
            .Select(words => (words[0], long.Parse(words[1], CultureInfo.InvariantCulture), words[3])),
    ];
}

using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Preflights;
using QSplit.Processes;
using QSplit.Scripts;
using QSplit.Testing;
using QSplit.Transports;
using QSplit.Trees;

namespace QSplit.Tests.Preflights;

/// <summary>Hosts that are all this machine, each with mounts of its own: folders, or links to the same ones.</summary>
internal sealed class MadeHosts : IDisposable
{
    private readonly Dictionary<string, (Host Host, string Source, string Target, ITransport Way)> _hosts = [];
    private readonly string _path = Environment.GetEnvironmentVariable("PATH")!;

    public MadeHosts()
    {
        Folder.MakeDirectory("target");
        Folder.MakeDirectory("source");
        foreach (var name in (string[])["one", "two", "three"]) File.WriteAllText(Folder[$"source/{name}"], name);
    }

    public TemporaryFolder Folder { get; } = new();

    public ImmutableArray<Host> All => [.. _hosts.Values.Select(h => h.Host)];

    public ImmutableArray<EntryPath> Witnesses { get; init; } = [];

    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>A host that sees both trees by links of its own.</summary>
    public MadeHosts Add(string name, string source = "source", string target = "target")
    {
        foreach (var (mount, tree) in (IEnumerable<(string, string)>)[("source", source), ("target", target)])
            Directory.CreateSymbolicLink(Folder[$"{name}-{mount}"], Folder[tree]);
        return Add(name, Folder[$"{name}-source"], Folder[$"{name}-target"], Local(_path));
    }

    public MadeHosts Add(string name, string source, string target, ITransport way)
    {
        _hosts[name] = (new Host(name, true, 1, null, null, null, null), source, target, way);
        return this;
    }

    /// <summary>A host that has <paramref name="text"/>, a script, in place of one of its programs; without a text, nothing.</summary>
    public MadeHosts AddWith(string name, string program, string? text)
    {
        var bin = Folder.MakeDirectory($"{name}-bin");
        foreach (var real in _path.Split(':').Where(Directory.Exists).SelectMany(Directory.GetFiles).DistinctBy(Path.GetFileName).Where(p => Path.GetFileName(p) != program))
            File.CreateSymbolicLink(Path.Combine(bin, Path.GetFileName(real)), real);
        if (text is not null)
        {
            File.WriteAllText(Path.Combine(bin, program), "#!/bin/sh\n" + text);
            Tool.Read("chmod", "+x", Path.Combine(bin, program));
        }
        return Add(name, Folder["source"], Folder["target"], Local(bin));
    }

    /// <summary>A host where one signs in as nobody.</summary>
    public MadeHosts AddAsNobody(string name) => Add(name, Folder["source"], Folder["target"], new OtherShell("nobody", ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "/bin/sh"], Run(_path)));

    public PreflightRequest Request() => new("music", All, h => _hosts[h.Name].Source, h => _hosts[h.Name].Target, Witnesses, Options, null, null);

    public Task<FleetFinding> PreflightAsync(PreflightRequest? request = null, CancellationToken? token = null) =>
        Preflight.RunAsync(request ?? Request(), WayTo, TimeProvider.System, token ?? TestContext.Current.CancellationToken);

    public Task<HostFinding> PreflightOneAsync(string host, FleetFinding before) =>
        Preflight.RunOneAsync(Request(), _hosts[host].Host, before, WayTo, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>The way to this machine where it reads the tree.</summary>
    public ITransport? Here { get; set; }

    public ITransport WayTo(Host host) => _hosts.TryGetValue(host.Name, out var known) ? known.Way : Here!;

    /// <summary>The way of a host led through something else.</summary>
    public void Lead(string host, Func<ITransport, ITransport> through) => _hosts[host] = _hosts[host] with { Way = through(_hosts[host].Way) };

    public IEnumerable<string> Probes() => Directory.GetFileSystemEntries(Folder.Path, ".qsplit-probe-*", SearchOption.AllDirectories);

    public void Dispose() => Folder.Dispose();

    public static ITransport Local(string path) => new LocalTransport(Run(path));

    /// <summary>This machine by another shell than its <c>/bin/sh</c>.</summary>
    public static ITransport By(params string[] shell) => new OtherShell("this machine", shell, Run(Environment.GetEnvironmentVariable("PATH")!));

    private static ScriptRun Run(string path) => new(new Supervisor(TimeProvider.System, TimeSpan.FromSeconds(5)), ImmutableDictionary<string, string>.Empty.Add("PATH", path));

    private sealed class OtherShell(string place, string[] shell, ScriptRun run) : ITransport
    {
        public string Place => place;

        public Task<ScriptEnd> RunAsync(Script script, Listener listener, CancellationToken cancellationToken) =>
            run.RunAsync(line => [.. shell, "-c", line], false, script, listener, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>A way to a host on which something happens before each script.</summary>
/// <param name="before">Given the number of the script, from 1; an answer of its own is taken for the script's.</param>
internal sealed class WatchedWay(ITransport inner, Func<int, ScriptEnd?> before) : ITransport
{
    private int _count;

    public string Place => inner.Place;

    public async Task<ScriptEnd> RunAsync(Script script, Listener listener, CancellationToken cancellationToken) =>
        before(Interlocked.Increment(ref _count)) ?? await inner.RunAsync(script, listener, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

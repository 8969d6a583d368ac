using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using QSplit.Manifests;
using QSplit.Processes;

namespace QSplit.Transports;

/// <summary>The ways to the hosts, made when they are first asked for; all connections end when it is disposed.</summary>
/// <param name="temporary">The system's folder for temporary files; sockets need a path of at most 104 bytes.</param>
public sealed class HostConnections(Supervisor supervisor, ImmutableDictionary<string, string> environment, string temporary, TimeProvider time) : IAsyncDisposable
{
    private const int MostAtOnce = 24;

    // Of the 104 bytes ssh takes some for a name of its own while it makes the socket.
    private const int LongestFolder = 50;
    private readonly ScriptRun _run = new(supervisor, environment);
    private readonly SemaphoreSlim _gate = new(MostAtOnce);
    private readonly ConcurrentDictionary<string, (Host Host, Lazy<ITransport> Way)> _ways = new();
    private readonly ConcurrentBag<Lazy<ITransport>> _all = [];
    private readonly Lazy<string> _sockets = new(() => MakePrivate(temporary));
    private int _number;

    /// <summary>The way to a host; another one when what the manifest says of how to reach it has changed.</summary>
    internal ITransport To(Host host) =>
        _ways.AddOrUpdate(host.Name, _ => New(host), (_, known) => IsSame(known.Host, host) ? known : New(host)).Way.Value;

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_all.Where(w => w.IsValueCreated).Select(w => w.Value.DisposeAsync().AsTask()));
        if (_sockets.IsValueCreated) Directory.Delete(_sockets.Value, recursive: true);
        _gate.Dispose();
    }

    private (Host, Lazy<ITransport>) New(Host host)
    {
        var way = new Lazy<ITransport>(() => host.Local
            ? new LocalTransport(_run)
            : new SshTransport(host, new SshMasters(host, SocketsOf(), _gate, _run, supervisor, time), _run, time));
        _all.Add(way);
        return (host, way);
    }

    // Named by numbers: the names of hosts may be too long for a socket.
    private string SocketsOf() => Directory.CreateDirectory(Path.Combine(_sockets.Value, $"{Interlocked.Increment(ref _number)}")).FullName;

    private static string MakePrivate(string temporary)
    {
        var below = temporary.Length <= LongestFolder ? temporary : "/tmp";
        var folder = Path.Combine(below, $"qs-{Environment.ProcessId}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}");
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder).FullName
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    private static bool IsSame(Host left, Host right) =>
        (left.Local, left.Address, left.User, left.Port, left.SshConfig, left.Shell) == (right.Local, right.Address, right.User, right.Port, right.SshConfig, right.Shell)
        && left.SshOptions.SequenceEqual(right.SshOptions);
}

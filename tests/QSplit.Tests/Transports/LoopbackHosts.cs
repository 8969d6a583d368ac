using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Processes;
using QSplit.Testing;
using QSplit.Transports;

namespace QSplit.Tests.Transports;

/// <summary>Hosts over real sshds, and the ways to them, for the tests of one class.</summary>
public sealed class LoopbackHosts : IAsyncDisposable
{
    private readonly TemporaryFolder _sockets = new();

    public LoopbackHosts() => Connections = NewConnections(_sockets.Path);

    public SshHosts Hosts { get; } = new();

    /// <summary>Shared, so that not each test has to connect.</summary>
    public HostConnections Connections { get; }

    /// <summary>A controller of its own, whose sockets lie in <paramref name="folder"/>.</summary>
    internal static HostConnections NewConnections(string folder, TimeProvider? time = null) =>
        new(new Supervisor(TimeProvider.System, TimeSpan.FromSeconds(20)), DummyProgram.Environment, folder, time ?? TimeProvider.System);

    /// <summary>The way to a host, or to this machine for 0.</summary>
    internal ITransport To(int n)
    {
        if (n != 0) Need();
        return Connections.To(n == 0 ? new Host("here", true, 1, null, null, null, null) : Of(n));
    }

    /// <summary>A host as a manifest would have it.</summary>
    internal Host Of(int n, params ImmutableArray<string> options)
    {
        Need();
        return Of(Hosts[n], options);
    }

    internal static Host Of(SshHost host, params ImmutableArray<string> options) =>
        new(host.Address, false, 1, host.Address, host.User, host.Port, null, host.SshConfig, options);

    internal static void Need() => Assert.SkipWhen(SshHosts.WhyNot is not null, SshHosts.WhyNot ?? "");

    public async ValueTask DisposeAsync()
    {
        await Connections.DisposeAsync();
        Hosts.Dispose();
        _sockets.Dispose();
    }
}

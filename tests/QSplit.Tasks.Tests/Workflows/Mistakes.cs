using System.Net;
using System.Net.Sockets;

namespace QSplit.Tasks.Tests.Workflows;

/// <summary>A manifest with three kinds of mistakes, whose cluster and host listen here: they know whether anybody called.</summary>
internal sealed class Mistakes : IDisposable
{
    private readonly TcpListener _cluster = Listen();
    private readonly TcpListener _host = Listen();

    public Mistakes(string manifest) => File.WriteAllText(manifest,
        $$"""
        version: 1
        clusters:
          studio: { address: 127.0.0.1, port: {{Port(_cluster)}}, user: mover, password: "${env:STUDIO_PASSWORD}", insecur: true }
        hosts:
          dtn1: { address: 127.0.0.1, port: {{Port(_host)}}, user: mover, slots: 0 }
        migrations:
          music:
            source: { cluster: studio, path: /music }
            mounts: { source: /mnt/studio/music, target: /mnt/new/music }
            hosts: [dtn2]
        """);

    public bool WereCalled => _cluster.Pending() || _host.Pending();

    public void Dispose()
    {
        _cluster.Dispose();
        _host.Dispose();
    }

    // Whichever is free has five digits: the columns behind it are always the same.
    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using QSplit.Manifests;

namespace QSplit.Qumulo.Tests.Client;

/// <summary>A port on loopback that speaks no TLS: it does with each connection what it is told.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _held = [];

    /// <param name="reply">Sent to whoever connects, before the connection is closed; null says nothing and keeps it open.</param>
    public RawServer(string? reply)
    {
        _listener.Start();
        _ = ServeAsync(reply);
    }

    public int Connections { get; private set; }

    public Cluster Manifest => new("music", ["127.0.0.1"], ((IPEndPoint)_listener.LocalEndpoint).Port, "mover", new Secret("open-sesame"), null, null, null, null, true, null);

    /// <summary>A port on which nothing listens.</summary>
    public static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var client in _held) client.Dispose();
    }

    private async Task ServeAsync(string? reply)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                Connections++;
                _held.Add(client);
                if (reply is null) continue;
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(reply));
                client.Close();
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}

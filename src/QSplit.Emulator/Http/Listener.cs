using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace QSplit.Emulator.Http;

/// <summary>Kestrel as a host builder makes it, but never hosted: a host would take Ctrl-C and the configuration of the environment for itself, and talk.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private const int LongestTarget = 128 * 1024; // a path of 32,760 characters, each written %XX, and some more
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly WebApplication _parts;
    private readonly IServer _server;

    private Listener(WebApplication parts) => (_parts, _server) = (parts, parts.Services.GetRequiredService<IServer>());

    public int Port => new Uri(_server.Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    /// <param name="certificate">Null for plain HTTP.</param>
    /// <exception cref="StorageException">The address or port cannot be listened on.</exception>
    public static async Task<Listener> StartAsync(ApiServer application, IPEndPoint at, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Configure(options, at, certificate));
        var listener = new Listener(builder.Build());
        try
        {
            await listener._server.StartAsync(application, cancellationToken);
            return listener;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await listener._parts.DisposeAsync();
            throw new StorageException($"{at} cannot be listened on: {e.GetBaseException().Message}. Choose another port (0 for any that is free) or an address of this machine.", e);
        }
    }

    /// <summary>Lets calls under way end, within moments, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        using var grace = new CancellationTokenSource(Grace, TimeProvider.System);
        await _server.StopAsync(grace.Token);
        await _parts.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions options, IPEndPoint at, X509Certificate2? certificate)
    {
        options.AddServerHeader = false;
        options.AllowHostHeaderOverride = true;
        options.Limits.MaxRequestLineSize = LongestTarget;
        options.Listen(at, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null) listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate, SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 });
        });
    }
}

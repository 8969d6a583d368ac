using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace QSplit.Emulator.Http;

/// <summary>Kestrel without a host around it: starts at once, reads no environment and no configuration files, says nothing.</summary>
internal static class Listener
{
    private const int LongestTarget = 128 * 1024; // a path of 32,760 characters, each written %XX, and some more

    /// <param name="certificate">Null for plain HTTP.</param>
    /// <exception cref="StorageException">The address or port cannot be listened on.</exception>
    public static async Task<(KestrelServer Server, int Port)> StartAsync(ApiServer application, IPEndPoint at, X509Certificate2? certificate, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            AllowHostHeaderOverride = true,
            ApplicationServices = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider(),
        };
        options.Limits.MaxRequestLineSize = LongestTarget;
        options.Listen(at, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null) listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate, SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 });
        });
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(application, cancellationToken);
            return (server, new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            server.Dispose();
            var why = e.InnerException is { } inner and not AggregateException ? inner.Message : e.Message;
            throw new StorageException($"{at} cannot be listened on: {why.TrimEnd('.')}. Choose another port (0 for any that is free) or an address of this machine.", e);
        }
    }
}

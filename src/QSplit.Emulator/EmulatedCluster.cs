using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using QSplit.Emulator.Endpoints;
using QSplit.Emulator.Http;
using QSplit.Emulator.Served;
using QSplit.Manifests;

namespace QSplit.Emulator;

/// <summary>A Qumulo-compatible REST server over a real directory or a synthetic tree, from start until disposal.</summary>
public sealed class EmulatedCluster : IAsyncDisposable
{
    private readonly Listener _listener;
    private readonly ApiServer _application;
    private readonly IServedVolume _volume;
    private readonly X509Certificate2? _certificate;

    private EmulatedCluster(Listener listener, ApiServer application, IServedVolume volume, X509Certificate2? certificate) =>
        (_listener, _application, _volume, _certificate) = (listener, application, volume, certificate);

    /// <summary>The IP address it listens on.</summary>
    public required string Address { get; init; }

    public required int Port { get; init; }

    public required string User { get; init; }

    /// <summary>The one that was given, or one made up for this time.</summary>
    public required string Password { get; init; }

    /// <summary>Of the certificate: <c>sha256:</c> and 64 hexadecimal digits, lower case; empty without TLS.</summary>
    public string Fingerprint => _certificate is null ? "" : ServerCertificate.Fingerprint(_certificate);

    /// <summary>The certificate, without its key; empty without TLS.</summary>
    public string CertificatePem => _certificate?.ExportCertificatePem() ?? "";

    /// <summary>How many requests came so far, whatever became of them.</summary>
    public long Calls => _application.Calls;

    /// <summary>What goes wrong on purpose from now on.</summary>
    public required Faults Faults { get; init; }

    /// <summary>Starts one; it serves when this returns.</summary>
    /// <param name="time">For expiry, latency and the log.</param>
    /// <exception cref="ManifestException">The faults, the address or the synthetic tree are not of their form.</exception>
    /// <exception cref="StorageException">The directory cannot be served, the certificate not be used, or the port is taken.</exception>
    public static Task<EmulatedCluster> StartAsync(EmulatorOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        StartAsync(options, ServedVolumes.Open(options.Tree, time), time, cancellationToken);

    internal static async Task<EmulatedCluster> StartAsync(EmulatorOptions options, IServedVolume volume, TimeProvider time, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        FaultText.Apply(options.Faults ?? "", faults);
        var address = AddressOf(options.Address);
        var password = options.Password?.Reveal() ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        var certificate = options.PlainHttp ? null : options.CertificateFile is { } file ? ServerCertificate.Keep(file, address) : ServerCertificate.Make(address);
        var sessions = new Sessions(options.User, password, options.TokenLife, faults, time);
        var application = new ApiServer(Routes(options, volume, sessions, faults, time), sessions, faults, new AccessLog(options.Log), time);
        var listener = await Listener.StartAsync(application, new IPEndPoint(address, options.Port), certificate, cancellationToken);
        return new(listener, application, volume, certificate) { Address = address.ToString(), Port = listener.Port, User = options.User, Password = password, Faults = faults };
    }

    /// <summary>Lets calls under way end, within moments, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _certificate?.Dispose();
        (_volume as IDisposable)?.Dispose();
    }

    private static ImmutableArray<Route> Routes(EmulatorOptions options, IServedVolume volume, Sessions sessions, Faults faults, TimeProvider time)
    {
        var snapshots = new SnapshotBook(volume, faults, time);
        var files = new ServedFiles(volume, snapshots, faults);
        return
        [
            .. SessionEndpoints.Routes(sessions, options.User, faults),
            .. ClusterEndpoints.Routes(volume, options.ClusterName, faults),
            .. new AggregateEndpoints(files).Routes,
            .. EntryEndpoints.Routes(files),
            .. new SnapshotEndpoints(volume, snapshots, faults).Routes,
            .. DifferenceEndpoints.Routes(volume, snapshots, faults),
        ];
    }

    private static IPAddress AddressOf(string text) => text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : throw new ManifestException($"The emulator's address '{text}' must be an IP address of this machine, such as 127.0.0.1, or localhost.");
}

using System.Text.RegularExpressions;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>A cluster that <c>--target=Emulate</c> serves in a process of its own, as a person would start it.</summary>
internal sealed partial class Emulated : IDisposable
{
    private const string Secret = "open-sesame-4711";
    private readonly HostProcess _host;
    private readonly string _log;

    private Emulated(HostProcess host, string log) => (_host, _log) = (host, log);

    /// <summary>What nobody but the cluster may hear.</summary>
    public static string Password => Secret;

    public int Port => int.Parse(Address().Match(_host.Output).Groups["port"].Value);

    public string Fingerprint => FingerprintLine().Match(_host.Output).Groups["hex"].Value;

    /// <summary>What a manifest says of it; the password comes from the environment.</summary>
    public string Keys => $"{Unchecked}, fingerprint: \"{Fingerprint}\"";

    /// <summary>The same without a word on its certificate.</summary>
    public string Unchecked => $"address: 127.0.0.1, port: {Port}, user: admin, password: \"${{env:MUSIC_PASSWORD}}\"";

    /// <summary>The requests so far: method, raw target, status, milliseconds.</summary>
    public IReadOnlyList<string> Requests => File.ReadAllLines(_log);

    public HostProcess Host => _host;

    /// <summary>Serves the source of a site on a free port; the site's hosts know the password.</summary>
    public static async Task<Emulated> StartAsync(Site site, params IEnumerable<string> more)
    {
        site.SetVariable("MUSIC_PASSWORD", Secret);
        var log = site["requests.log"];
        var host = site.Start(["--target=Emulate", $"--path={site.Source}", "--port=0", "--password=${env:MUSIC_PASSWORD}", $"--log={log}", .. more]);
        try
        {
            await host.SaysAsync("Ctrl-C ends it.");
            return new Emulated(host, log);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public void Dispose() => _host.Dispose();

    [GeneratedRegex(@"https?://127\.0\.0\.1:(?<port>\d+)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<hex>sha256:[0-9a-f]{64})", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex FingerprintLine();
}

using System.Net;
using System.Net.Sockets;

namespace QSplit.Testing;

/// <summary>Up to eight hosts on 127.0.0.2 to 127.0.0.9, each with an sshd of its own: real ones, with keys that nobody else knows. All are gone in the end.</summary>
/// <remarks>They run as whoever runs the tests, root or not; nothing of ~/.ssh or /etc/ssh is read.</remarks>
public sealed class SshHosts : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<int, (SshHost Host, Sshd Sshd)> _hosts = [];

    public SshHosts()
    {
        if (WhyNot is not null) return;
        NewKey(ClientKey);
        File.WriteAllText(SshConfig, $"""
            Host *
              IdentityFile {ClientKey}
              IdentitiesOnly yes
              IdentityAgent none
              UserKnownHostsFile {KnownHosts}
              GlobalKnownHostsFile /dev/null

            """);
        if (ByteFiles.IsRoot) Directory.CreateDirectory("/run/sshd");
    }

    /// <summary>Why there can be no such hosts on this machine, or null; for skipping.</summary>
    public static string? WhyNot { get; } =
        Sshd.Program is null ? "sshd is not there: install package openssh-server"
        : Tool.Run("sh", "-c", "command -v ssh && command -v ssh-keygen").ExitCode != 0 ? "ssh is not there: install package openssh-client"
        : null;

    /// <summary>The configuration for ssh, the same for all.</summary>
    public string SshConfig => _folder["ssh_config"];

    public string KnownHosts => _folder["known_hosts"];

    private string ClientKey => _folder["client"];

    /// <summary>Host <paramref name="n"/>, which is started when it is not up.</summary>
    public SshHost this[int n] => _hosts.TryGetValue(n, out var known) && known.Sshd.IsListening ? known.Host : Start(n);

    /// <summary>A host that was started once, up or not.</summary>
    public SshHost Known(int n) => _hosts[n].Host;

    /// <summary>Starts a host, or starts it again, on the same port and with the same key.</summary>
    /// <param name="n">From 2 to 9.</param>
    /// <param name="extras">Lines for sshd_config; they count before what is there in any case.</param>
    public SshHost Start(int n, params IEnumerable<string> extras)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, 9);
        Stop(n);
        var host = _hosts.TryGetValue(n, out var known) ? known.Host : New(n);
        var config = Path.Combine(host.Folder, "sshd_config");
        File.WriteAllLines(config,
        [
            .. extras,
            $"ListenAddress {host.Address}",
            $"Port {host.Port}",
            $"HostKey {HostKey(host)}",
            $"AuthorizedKeysFile {ClientKey}.pub",
            "AuthenticationMethods publickey",
            "PermitRootLogin yes",
            "PidFile none",
            "UsePAM no",
            "UseDNS no",
            "StrictModes no",
            "PrintMotd no",
            "PrintLastLog no",
            // The profile of whoever runs the tests is not for them: it may be slow, and may take it ill to be killed.
            $"SetEnv HOME={host.Folder} PATH={host.Bin}:{Environment.GetEnvironmentVariable("PATH")}",
        ]);
        _hosts[n] = (host, new Sshd(config));
        return host;
    }

    /// <summary>Kills a host with all that was started over ssh on it, as if its power had gone.</summary>
    public void Stop(int n)
    {
        if (!_hosts.TryGetValue(n, out var known)) return;
        known.Sshd.Kill();
        foreach (var process in Sshd.WithInEnvironment(known.Host.Bin)) Sshd.Kill(process);
    }

    /// <summary>Kills the listener only: connections that are there go on.</summary>
    public void StopListening(int n) => _hosts[n].Sshd.KillListener();

    /// <summary>The processes of sshd that carry connections to the host now.</summary>
    public IReadOnlyList<int> Connections(int n) => _hosts[n].Sshd.Connections();

    /// <summary>The processes that were started over ssh on the host and live, with all that they started.</summary>
    public IReadOnlyList<int> Running(int n) => Sshd.WithInEnvironment(_hosts[n].Host.Bin);

    /// <summary>Gives the host another key than the one that is known; it has to be started again.</summary>
    public void ChangeKey(int n)
    {
        File.Delete(HostKey(_hosts[n].Host));
        NewKey(HostKey(_hosts[n].Host));
    }

    /// <summary>Those of <see cref="Running(int)"/> that have <paramref name="word"/> in their command line.</summary>
    public IReadOnlyList<int> Running(int n, string word) => [.. Running(n).Where(process => Sshd.CommandLine(process).Contains(word, StringComparison.Ordinal))];

    public void Dispose()
    {
        foreach (var n in _hosts.Keys) Stop(n);
        foreach (var (_, sshd) in _hosts.Values) sshd.Dispose();
        _folder.Dispose();
    }

    private static string HostKey(SshHost host) => Path.Combine(host.Folder, "host_key");

    private static void NewKey(string path) => Tool.Read("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path);

    private SshHost New(int n)
    {
        var address = $"127.0.0.{n}";
        var host = new SshHost(address, FreePort(address), Environment.UserName, SshConfig, _folder.MakeDirectory($"host{n}"));
        Directory.CreateDirectory(host.Bin);
        NewKey(HostKey(host));
        File.AppendAllText(KnownHosts, $"[{host.Address}]:{host.Port} {File.ReadAllText(HostKey(host) + ".pub")}");
        return host;
    }

    private static int FreePort(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

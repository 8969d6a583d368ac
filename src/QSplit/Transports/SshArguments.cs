using System.Collections.Immutable;
using System.Globalization;
using QSplit.Manifests;

namespace QSplit.Transports;

/// <summary>The arguments of the system's <c>ssh</c>: pure. Its configuration files, agents, jumps and certificates do what they always do.</summary>
internal static class SshArguments
{
    // What is said first counts (ssh_config(5)): first what this program cannot do without, then the manifest's own, which cannot weaken what follows,
    // then these, then the configuration files.
    private static readonly ImmutableArray<string> Always =
    [
        "BatchMode=yes",
        "StrictHostKeyChecking=yes",
        "ConnectTimeout=10",
        "ServerAliveInterval=5",
        "ServerAliveCountMax=2",
        "ControlPersist=no",
        "RequestTTY=no",
        "RemoteCommand=none",
        "PermitLocalCommand=no",
        "ClearAllForwardings=yes",
        "ForwardAgent=no",
        "ForwardX11=no",
        "EscapeChar=none",
    ];

    /// <summary>The connection that carries sessions; it stays as long as its standard input is open.</summary>
    /// <param name="socket">A path of at most 104 bytes that only this user can reach.</param>
    public static ImmutableArray<string> Master(Host host, string socket, string line) => For(host, ["ControlMaster=yes", $"ControlPath={socket}", "LogLevel=INFO"], line);

    /// <summary>A session over a connection that is there, and over no other: ssh would make one of its own, which nobody counts, where the host lets no more in.</summary>
    public static ImmutableArray<string> OverMaster(Host host, string socket, string line) =>
        For(host, ["ControlMaster=no", $"ControlPath={socket}", "ProxyCommand=false", "LogLevel=ERROR"], line);

    /// <summary>A session with a connection of its own, for a host that lets but one session over each.</summary>
    public static ImmutableArray<string> Alone(Host host, string line) => For(host, ["ControlMaster=no", "ControlPath=none", "LogLevel=ERROR"], line);

    /// <summary>Where ssh goes, as people write it.</summary>
    public static string Place(Host host) =>
        $"{(host.User is { } user ? $"{user}@" : "")}{host.Address}{(host.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $":{port}") : "")}";

    /// <summary>What a person can type to reach the same host in the same way.</summary>
    public static IEnumerable<string> ByHand(Host host) =>
    [
        "ssh",
        .. host.SshConfig is { } config ? ["-F", config] : ImmutableArray<string>.Empty,
        .. host.SshOptions.SelectMany(option => new[] { "-o", option }),
        .. host.Port is { } port ? ["-p", port.ToString(CultureInfo.InvariantCulture)] : ImmutableArray<string>.Empty,
        $"{(host.User is { } user ? $"{user}@" : "")}{host.Address}",
    ];

    // The line goes through the login shell of the account, whatever that is: from here on it is our own. OpenSSH on Windows hands it to cmd.
    private static ImmutableArray<string> For(Host host, ImmutableArray<string> own, string line) =>
    [
        "ssh",
        "-T",
        .. host.SshConfig is { } config ? ["-F", config] : ImmutableArray<string>.Empty,
        .. own.Concat(host.SshOptions).Concat(Always).SelectMany(option => new[] { "-o", option }),
        .. host.User is { } user ? ["-l", user] : ImmutableArray<string>.Empty,
        .. host.Port is { } port ? ["-p", port.ToString(CultureInfo.InvariantCulture)] : ImmutableArray<string>.Empty,
        "--",
        host.Address!,
        host.Shell == HostShell.Cmd ? line : $"exec /bin/sh -c {Processes.ShellQuote.Quote(line)}",
    ];
}

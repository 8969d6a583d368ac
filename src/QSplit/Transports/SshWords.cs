using QSplit.Manifests;

namespace QSplit.Transports;

/// <summary>What ssh says when it cannot get through, and what to do about it: pure.</summary>
internal static class SshWords
{
    /// <summary>What this program says in ssh's place when it is connected and nothing comes of it.</summary>
    public const string NoShell = "the login shell has not come to the command";

    /// <summary>The same when connections are made, and are gone by the time that a session wants to go over one: what ssh says then is of its own try to make another.</summary>
    public const string NoConnection = "its connections end as soon as they are there";

    private const string NoCmd = "It has 'shell: cmd': does its OpenSSH server hand commands to cmd (DefaultShell in its registry, where there is one, is cmd.exe)?";

    private static readonly (string Part, string Advice)[] Known =
    [
        ("REMOTE HOST IDENTIFICATION HAS CHANGED", "Its key is another than the one in known_hosts: if that is right, take the old one out with ssh-keygen -R, and put the new one in"),
        ("Host key verification failed", "Its key is not in known_hosts: compare it with the host's own, and sign in once by hand"),
        ("No matching host key", "Its key is not in known_hosts: compare it with the host's own, and sign in once by hand"),
        ("Can't open user config file", "Mend ssh_config"),
        ("Permission denied", "No key is accepted: is it in the agent or named by IdentityFile, and in authorized_keys there?"),
        ("Too many authentication failures", "Too many keys were offered: name the right one with options: [IdentityFile=..., IdentitiesOnly=yes]"),
        ("Could not resolve hostname", "Is the address right?"),
        ("Bad configuration option", "Mend options or ssh_config"),
        ("Bad owner or permissions", "Mend the permissions of the configuration file"),
        (NoShell, "Does its profile read standard input, or wait for something else?"),
        ("Connection refused", "Is its sshd running, and on that port?"),
        ("timed out", "Is it up, and is there a way to it?"),
        ("No route to host", "Is it up, and is there a way to it?"),
        ("Network is unreachable", "Is there a way to it?"),
        ("Not allowed at this time", "Its sshd has too many connections that are not signed in (MaxStartups)"),
        ("closed by", "Its sshd has too many connections that are not signed in (MaxStartups), or refuses this machine"),
        ("reset by", "Its sshd has too many connections that are not signed in (MaxStartups), or refuses this machine"),
    ];

    // What a host that is busy with others' connections does to one that is not signed in yet.
    private static readonly string[] Passing = ["kex_exchange_identification", "Not allowed at this time", "closed by", "reset by", "banner exchange", "Broken pipe"];

    // A connection may also end while a session asks for its place on it (OpenSSH, mux.c): its own try follows in some of these cases only.
    private static readonly string[] NoSession = ["kex_exchange_identification", "muxclient: master ", "mux_client_request_alive: ", "mux_client_request_session: "];

    /// <summary>Why a host cannot be reached, in one line.</summary>
    /// <param name="heard">The last lines of ssh.</param>
    public static string WhyNot(Host host, string heard)
    {
        var (part, advice) = Known.FirstOrDefault(known => heard.Contains(known.Part, StringComparison.OrdinalIgnoreCase));
        if (part is null && host.Shell == HostShell.Cmd) advice = NoCmd;
        var lines = heard.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        var said = (part is null ? null : lines.LastOrDefault(line => line.Contains(part, StringComparison.OrdinalIgnoreCase))) ?? lines.LastOrDefault() ?? "ssh ended and said nothing";
        var by = string.Join(' ', SshArguments.ByHand(host).Select(Processes.ShellQuote.Quote));
        return $"{SshArguments.Place(host)} cannot be reached: {said.TrimEnd('.')}. {(advice is null ? "" : $"{advice.TrimEnd('?', '.')}{(advice.EndsWith('?') ? '?' : '.')} ")}Try: {by} {(host.Shell == HostShell.Cmd ? "ver" : "true")}";
    }

    /// <summary>Whether a session found no connection to go over, or was not let in: it then tried to make one of its own, by <c>false</c>, and may have said no more of that.</summary>
    /// <remarks>A <c>false</c> that ends before ssh writes makes ssh end without a word (LogLevel=ERROR), one that ends after that makes it say so.</remarks>
    /// <param name="exitCode">That of ssh.</param>
    public static bool HasNoSession(int exitCode, string heard) =>
        exitCode == ScriptEnd.SshFailed && (string.IsNullOrWhiteSpace(heard) || NoSession.Any(part => heard.Contains(part, StringComparison.Ordinal)));

    /// <summary>Whether the host let no further session over a connection that is there.</summary>
    public static bool IsSessionRefused(string heard) => heard.Contains("Session open refused by peer", StringComparison.Ordinal);

    /// <summary>Whether another try a moment later may go better. A host that is down is for whoever gives out the work to come back to.</summary>
    public static bool MayPass(string heard) => Passing.Any(part => heard.Contains(part, StringComparison.OrdinalIgnoreCase));
}

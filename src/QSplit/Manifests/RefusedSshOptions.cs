using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace QSplit.Manifests;

/// <summary>Which options of ssh a manifest cannot have, and why: those that this program sets itself, and those that would undo what it promises.</summary>
/// <remarks>ssh_config(5) of OpenSSH 9; keywords have no case.</remarks>
internal static partial class RefusedSshOptions
{
    private const string Asks = "nobody is there to be asked";
    private const string Shares = "connections and how they are shared are the program's own";
    private const string Runs = "what runs on the host, and its standard input, are the program's own";
    private const string RunsHere = "nothing but ssh is run on this side";
    private const string Speaks = "what ssh says is read by the program, which chooses it";
    private const string Forwards = "a connection is for rsync only, and forwards nothing";
    private const string Blocks = "it begins a block; write it into a file, and name that with 'ssh_config'";
    private const string Unchecked = "host keys are checked";

    private static readonly FrozenDictionary<string, string> Reasons = new (string Why, string[] Keywords)[]
    {
        (Asks, ["BatchMode"]),
        (Shares, ["ControlMaster", "ControlPath", "ControlPersist"]),
        (Runs, ["RemoteCommand", "RequestTTY", "SessionType", "StdinNull", "ForkAfterAuthentication", "EscapeChar"]),
        (RunsHere, ["LocalCommand", "PermitLocalCommand"]),
        (Speaks, ["LogLevel", "LogVerbose", "VisualHostKey"]),
        (Forwards, ["Tunnel", "TunnelDevice", "LocalForward", "RemoteForward", "DynamicForward"]),
        (Blocks, ["Host", "Match", "Include"]),
        (Unchecked, ["NoHostAuthenticationForLocalhost"]),
        ("say it with 'user'", ["User"]),
        ("say it with 'port'", ["Port"]),
    }.SelectMany(group => group.Keywords.Select(keyword => (keyword, group.Why)))
        .ToFrozenDictionary(pair => pair.keyword, pair => pair.Why, StringComparer.OrdinalIgnoreCase);

    /// <summary>Why <paramref name="option"/>, what follows <c>-o</c>, is refused: the rest of a sentence; null when it is fine.</summary>
    public static string? WhyNot(string option)
    {
        if (option.Any(char.IsControl)) return "it has a control character in it";
        if (Shape().Match(option) is not { Success: true } match) return "it is no keyword and value joined by '=', such as ProxyJump=bastion";
        var (keyword, value) = (match.Groups["keyword"].Value, match.Groups["value"].Value.Trim());
        return Reasons.TryGetValue(keyword, out var why) ? why
            : Is(keyword, "StrictHostKeyChecking") && !Is(value, "yes") && !Is(value, "accept-new") ? $"{Unchecked}, and {Asks}: it can be yes or accept-new"
            : Is(keyword, "UserKnownHostsFile") && value.Trim('"') is "/dev/null" or "none" ? $"{Unchecked}, and must be known the next time"
            : null;
    }

    private static bool Is(string text, string other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?<keyword>[A-Za-z0-9]+)=(?<value>.*\S.*)\z", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Shape();
}

using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace QSplit.Manifests;

/// <summary>Which options of robocopy a manifest cannot have, and why: the counterpart of <see cref="OptionClasses"/>.</summary>
/// <remarks>
/// <c>robocopy /?</c> of Windows 10 and Server 2022, and learn.microsoft.com/windows-server/administration/windows-commands/robocopy. Options are
/// known in any case of letters. Allowed on purpose, and in place of the program's own: <c>/MT:n /COPY:... /COPYALL /SEC /DCOPY:...</c>.
/// </remarks>
internal static partial class RefusedRobocopyOptions
{
    private const string Deletes = "nothing is deleted before the cutover, which has its own limit";
    private const string Lists = "what is copied from where is said by the program's own lists";
    private const string Walks = "how far a list reaches down is decided by each pass";
    private const string Speaks = "what robocopy says is read by the program, which chooses it";
    private const string Copies = "it would not copy, or not all, and the run would count as done";
    private const string Plans = "the plan would not know of it; directories are left out by 'leaveOut'";
    private const string Links = "links are copied as links (/SL); left out they would be missing, and the run would count as done";
    private const string Waits = "it would wait for hours or not end at all; when work is done is said by 'window'";
    private const string Retries = "how often something is tried again is decided by the program: robocopy's own default is a million times";
    private const string Shortens = "paths and names are copied as they are, however long";
    private const string Writes = "it would write to the source, or to the registry of the host";

    // In capitals, without the slash and what is behind a colon.
    private static readonly FrozenDictionary<string, string> Reasons = new (string Why, string[] Names)[]
    {
        (Deletes, ["MIR", "PURGE", "MOV", "MOVE"]),
        (Lists, ["JOB", "SAVE", "QUIT", "NOSD", "NODD", "IF", "SD", "DD"]),
        (Walks, ["S", "E", "LEV"]),
        (Speaks, [
            "LOG", "LOG+", "UNILOG", "UNILOG+", "UNICODE", "TEE", "V", "TS", "FP", "BYTES", "NS", "NC", "NFL", "NDL", "NP", "ETA", "NJH", "NJS", "X", "DEBUG"]),
        (Copies, ["L", "LIST", "CREATE", "NOCOPY", "NODCOPY", "XO", "XN", "XC", "XL", "?"]),
        (Plans, ["XF", "XD", "A", "IA", "XA", "MAX", "MIN", "MAXAGE", "MINAGE", "MAXLAD", "MINLAD"]),
        (Links, ["SL", "XJ", "XJD", "XJF"]),
        (Waits, ["MON", "MOT", "RH", "PF", "TBD", "LFSM"]),
        (Retries, ["R", "W"]),
        (Shortens, ["256", "FAT"]),
        (Writes, ["M", "REG"]),
    }.SelectMany(group => group.Names.Select(name => (name, group.Why))).ToFrozenDictionary(pair => pair.name, pair => pair.Why, StringComparer.Ordinal);

    /// <summary>Why <paramref name="option"/>, one argument for robocopy, is refused: the rest of a sentence; null when it is fine.</summary>
    public static string? WhyNot(string option)
    {
        if (!option.StartsWith('/')) return "it does not start with '/'; robocopy's options do, such as /MT:16 or /SEC";
        if (option == "/") return "it is no option";
        var name = option[1..].Split(':', 2)[0].ToUpperInvariant();
        if (Reasons.TryGetValue(name, out var why)) return why;
        if (name == "COPY" && "DAT".Any(letter => !option[5..].Contains(letter, StringComparison.OrdinalIgnoreCase))) return $"{Copies}: /COPY: needs D, A and T at the least";
        // The command interpreter reads the line before robocopy does.
        return Plain().IsMatch(option) ? null : "it has something in it that no option of robocopy has: they are letters and digits, and perhaps a value behind a colon, such as /MT:16";
    }

    [GeneratedRegex("^/[A-Za-z0-9]+[+-]?(:[A-Za-z0-9:;+-]*)?\\z", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Plain();
}

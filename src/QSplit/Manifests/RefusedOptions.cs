using System.Collections.Frozen;

namespace QSplit.Manifests;

/// <summary>Which options of rsync a manifest cannot have, and why: those that this program sets itself, and those that would undo what it promises.</summary>
/// <remarks>rsync(1), 3.2 to 3.5. Long options are matched whole, as rsync does: popt knows no abbreviations.</remarks>
internal static class RefusedOptions
{
    private const string Deletes = "nothing is deleted before the cutover, which has its own limit";
    private const string Lists = "the lists of files and how they are read are the program's own";
    private const string Walks = "how far a list reaches down is decided by each pass";
    private const string Speaks = "what rsync says is read by the program, which chooses it";
    private const string Copies = "it would not copy, and the run would count as done";
    private const string Follows = "symbolic links are copied, never followed: the plan does not know what is behind them";
    private const string Connects = "rsync runs between two mounts; hosts are reached by the program";
    private const string NulSeparated =
        "with the lists of this program its file would be read as one single NUL-terminated rule; write each rule as its own option, such as --exclude=*.tmp";

    // Names without dashes: one letter is a short option.
    private static readonly FrozenDictionary<string, string> Reasons = new (string Why, string[] Names)[]
    {
        (Deletes, ["del", "remove-source-files", "remove-sent-files", "force", "ignore-errors", "max-delete", "ignore-missing-args"]),
        (Lists, ["files-from", "from0", "0", "old-args"]),
        (Walks, ["r", "recursive", "d", "dirs", "old-dirs", "old-d", "R", "relative", "implied-dirs", "i-d"]),
        (Speaks, [
            "v", "verbose", "q", "quiet", "i", "itemize-changes", "P", "progress", "info", "debug", "out-format", "log-format", "stats", "stderr",
            "msgs2stderr", "outbuf", "h", "human-readable", "8", "8-bit-output"]),
        (Copies, [
            "n", "dry-run", "list-only", "existing", "ignore-non-existing", "read-batch", "only-write-batch", "write-batch", "V", "version", "help"]),
        (Follows, ["L", "copy-links", "k", "copy-dirlinks", "copy-unsafe-links"]),
        (Connects, [
            "e", "rsh", "rsync-path", "daemon", "config", "server", "sender", "M", "remote-option", "password-file", "early-input"]),
        (NulSeparated, ["exclude-from", "include-from", "F"]),
    }.SelectMany(group => group.Names.Select(name => (name, group.Why))).ToFrozenDictionary(pair => pair.name, pair => pair.Why, StringComparer.Ordinal);

    private static readonly FrozenSet<string> WithValue = FrozenSet.Create(
        StringComparer.Ordinal,
        "backup-dir", "suffix", "chmod", "checksum-choice", "cc", "block-size", "max-size", "min-size", "max-alloc", "partial-dir", "usermap", "groupmap",
        "chown", "timeout", "contimeout", "modify-window", "temp-dir", "compare-dest", "copy-dest", "link-dest", "compress-choice", "zc", "compress-level",
        "zl", "compress-threads", "zt", "skip-compress", "filter", "exclude", "include", "copy-as", "address", "port", "sockopts", "bwlimit", "stop-after",
        "time-limit", "stop-at", "protocol", "iconv", "checksum-seed", "confine-root");

    private const string LettersWithValue = "BTf@";

    private static readonly string[] MergeRules = [".", ":", "merge", "dir-merge"];

    /// <summary>Why <paramref name="option"/>, one argument for rsync, is refused: the rest of a sentence; null when it is fine.</summary>
    public static string? WhyNot(string option)
    {
        if (!option.StartsWith('-')) return "it does not start with '-'; an option and its value are one item, such as --exclude=*.tmp";
        if (option is "-" or "--") return "it is no option";
        if (option.Any(char.IsControl)) return "it has a control character in it";
        return option.StartsWith("--", StringComparison.Ordinal) ? WhyNotLong(option[2..]) : WhyNotLetters(option[1..]);
    }

    private static string? WhyNotLong(string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? option : option[..equals];
        if (name.Contains(' ', StringComparison.Ordinal)) return "there is a blank in its name; an option and its value are joined by '=', such as --exclude=*.tmp";
        // What switches an option of this program off is refused as the option itself is.
        var plain = name.StartsWith("no-", StringComparison.Ordinal) ? name[3..] : name;
        if (plain.StartsWith("delete", StringComparison.Ordinal)) return Deletes;
        if (plain.StartsWith("log-file", StringComparison.Ordinal)) return Speaks;
        if (Reasons.TryGetValue(plain, out var why) && (plain.Length > 1 || plain != name)) return why;
        if (WithValue.Contains(name) && equals < 0) return $"it needs its value in the same item, as --{name}=...";
        return name == "filter" ? WhyNotRule(option[(equals + 1)..]) : null;
    }

    private static string? WhyNotLetters(string letters)
    {
        for (var index = 0; index < letters.Length; index++)
        {
            if (Reasons.TryGetValue(letters[index].ToString(), out var why))
                return letters.Length == 1 ? why : $"in it is -{letters[index]}: {why}";
            if (!LettersWithValue.Contains(letters[index], StringComparison.Ordinal)) continue;
            var value = letters[(index + 1)..];
            if (value.Length == 0) return $"-{letters[index]} needs its value in the same item";
            return letters[index] == 'f' ? WhyNotRule(value) : null;
        }
        return null;
    }

    // "merge FILE", ". FILE", "dir-merge FILE" and ": FILE", each perhaps with modifiers, read rules from files.
    private static string? WhyNotRule(string rule) =>
        MergeRules.Any(start => rule.TrimStart(' ', '=').StartsWith(start, StringComparison.Ordinal)) ? NulSeparated : null;
}

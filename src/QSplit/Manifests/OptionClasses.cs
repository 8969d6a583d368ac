using System.Collections.Frozen;
using System.Collections.Immutable;

namespace QSplit.Manifests;

/// <summary>What an option of rsync may do in a migration.</summary>
internal enum OptionClass
{
    /// <summary>It changes neither what is copied nor what is compared. It goes to each rsync.</summary>
    Harmless,

    /// <summary>It changes how rsync copies. A comparison never gets it.</summary>
    CopyOnly,

    /// <summary>It changes what "equal" means. The copy and the comparison both get it, and reports name it.</summary>
    DefinesEquality,

    /// <summary>A manifest cannot have it.</summary>
    Refused,
}

/// <summary>One option of rsync.</summary>
/// <param name="Name">Its long name without dashes; <c>delete*</c> stands for all names that begin so.</param>
/// <param name="Letters">Its short forms, each one letter; empty for none.</param>
/// <param name="HasValue">Whether a value follows: <c>--name=value</c>, <c>-Xvalue</c>.</param>
/// <param name="Why">Why it is refused and what to use instead; of another class, what it does.</param>
internal sealed record OptionRule(string Name, string Letters, bool HasValue, OptionClass Class, string Why);

/// <summary>
/// The class of each option of rsync 3.2.3 to 3.5 (rsync(1) and options.c). An option that is not in the table is refused. Long options are matched
/// whole, as rsync does: popt knows no abbreviations. A comparison has its own arguments: an option that only concerns the copy would make it blind.
/// </summary>
internal static class OptionClasses
{
    private const string Deletes = "QSplit deletes only at the cutover, within deleteLimit";
    private const string Lists = "QSplit writes the lists of files and decides how rsync reads them";
    private const string Walks = "each pass decides how deep a list reaches";
    private const string Prints = "QSplit reads what rsync prints and chooses its form";
    private const string Skips = "rsync would skip entries, and the migration would count them as copied";
    private const string Follows = "symbolic links are copied, never followed: the plan does not know what is behind them";
    private const string Connects = "rsync runs between two mounts on each host, and QSplit connects to the hosts";
    private const string Excludes = "the plan and the verification would not know what is left out; use the key 'leaveOut', which takes names of directories";
    private const string PartialDir = "--partial-dir=";
    private const string Trusts = "the content of existing files would not be compared; remove it, and use 'verify: size' if checksums take too long";

    /// <summary>All of them, in the order of their names within each class.</summary>
    public static ImmutableArray<OptionRule> All { get; } =
    [
        .. Group(OptionClass.Harmless, "It has no effect on the result.",
            "address=", "archive,a", "blocking-io", "confine-root=", "devices", "group,g", "inc-recursive,i-r", "insecure-links", "ipv4,4", "ipv6,6", "links,l",
            "max-alloc=", "motd", "numeric-ids", "open-noatime", "owner,o", "perms,p", "port=", "secluded-args,protect-args,s", "sockopts=", "specials,D", "super",
            "times,t", "trust-sender"),
        .. Group(OptionClass.CopyOnly, "It changes how files are written, not what they are.",
            "block-size=,B", "bwlimit=", "checksum,c", "checksum-seed=", "compress,z,old-compress,new-compress", "compress-choice=,zc", "compress-level=,zl",
            "compress-threads=,zt", "copy-as=", "copy-dest=", "delay-updates", "fsync", "fuzzy,y", "ignore-times,I", "link-dest=", "mkpath",
            "partial-dir=", "preallocate", "size-only", "skip-compress=", "sparse,S", "stop-after=,time-limit", "stop-at=", "temp-dir=,T", "timeout=",
            "whole-file,W"),
        .. Group(OptionClass.DefinesEquality, "It changes which attributes are copied and compared.",
            "acls,A", "atimes,U", "chmod=", "chown=", "crtimes,N", "drop-D", "executability,E", "fake-super", "groupmap=", "hard-links,H", "iconv=",
            "keep-dirlinks,K", "modify-window=,@", "munge-links", "omit-dir-times,O", "omit-link-times,J", "usermap=", "xattrs,X"),
        .. Group(OptionClass.Refused, Deletes,
            "delete*", "del", "force", "ignore-errors", "ignore-missing-args", "max-delete=", "remove-source-files,remove-sent-files"),
        .. Group(OptionClass.Refused, Lists, "files-from=", "from0,0", "old-args"),
        .. Group(OptionClass.Refused, Walks, "dirs,d,old-dirs,old-d", "implied-dirs,i-d", "recursive,r", "relative,R"),
        .. Group(OptionClass.Refused, Prints,
            "8-bit-output,8", "debug=", "human-readable,h", "info=", "itemize-changes,i", "log-file*", "out-format=,log-format", "outbuf=", "progress,P",
            "quiet,q", "stats", "stderr=,msgs2stderr", "verbose,v"),
        .. Group(OptionClass.Refused, Skips,
            "dry-run,n", "existing,ignore-non-existing", "help", "ignore-existing", "list-only", "max-size=", "min-size=", "only-write-batch=", "read-batch=",
            "version,V", "write-batch="),
        .. Group(OptionClass.Refused, "files that are newer on the target would be skipped, and the migration would count them as copied", "update,u"),
        .. Group(OptionClass.Refused, "files that are equal in that directory would be missing on the target; --copy-dest and --link-dest create them", "compare-dest="),
        .. Group(OptionClass.Refused, "links that leave the tree would be dropped; --munge-links keeps them", "safe-links"),
        .. Group(OptionClass.Refused, "what is mounted within the source would be copied or not depending on how the tree is divided; name it in 'leaveOut'", "one-file-system,x"),
        .. Group(OptionClass.Refused, "empty directories would be missing on the target", "prune-empty-dirs,m"),
        .. Group(OptionClass.Refused, Excludes, "cvs-exclude,C", "exclude=", "exclude-from=", "filter=,f,F", "include=", "include-from="),
        .. Group(OptionClass.Refused, Trusts, "append", "append-verify", "checksum-choice=,cc"),
        .. Group(OptionClass.Refused, "a read error or an interruption would damage an older good copy on the target; without it rsync writes a new file and renames it", "inplace"),
        .. Group(
            OptionClass.Refused,
            "an interruption would put a part of a file in the place of an older good copy; --partial-dir=.rsync-partial keeps it apart",
            "partial"),
        .. Group(OptionClass.Refused, "replaced files would stay on the target under other names, and the cutover would delete them", "backup,b", "backup-dir=", "suffix="),
        .. Group(OptionClass.Refused, "a device would become a file, or a file would be written into a device", "copy-devices", "write-devices"),
        .. Group(OptionClass.Refused, Follows, "copy-dirlinks,k", "copy-links,L", "copy-unsafe-links"),
        .. Group(OptionClass.Refused, "older protocols lose nanoseconds and use weaker checksums", "protocol="),
        .. Group(OptionClass.Refused, Connects,
            "config=", "contimeout=", "daemon", "detach", "dparam=", "early-input=", "password-file=", "remote-option=,M", "rsh=,e", "rsync-path=", "sender", "server"),
    ];

    private static readonly FrozenDictionary<string, OptionRule> ByName = All
        .SelectMany(rule => rule.Name.Split(',').Select(name => (name, rule)))
        .ToFrozenDictionary(pair => pair.name, pair => pair.rule, StringComparer.Ordinal);

    private static readonly FrozenDictionary<char, OptionRule> ByLetter = All
        .SelectMany(rule => rule.Letters.Select(letter => (letter, rule)))
        .ToFrozenDictionary(pair => pair.letter, pair => pair.rule);

    // Attributes that each pass copies: to switch one off changes what "equal" means.
    private static readonly FrozenSet<string> AlwaysOn = FrozenSet.Create(StringComparer.Ordinal, "links", "perms", "times", "group", "owner", "devices", "specials", "numeric-ids", "archive");

    /// <summary>Why a manifest cannot have <paramref name="option"/>, one argument for rsync: the rest of a sentence; null when it can.</summary>
    public static string? WhyNot(string option)
    {
        if (!option.StartsWith('-')) return "it does not start with '-'; an option and its value are one item, such as --chmod=g+w";
        if (option is "-" or "--") return "it is not an option";
        if (option.Any(char.IsControl)) return "it contains a control character";
        return option.StartsWith("--", StringComparison.Ordinal) ? WhyNotLong(option) : WhyNotLetters(option[1..]);
    }

    /// <summary>What a comparison gets of a manifest's options: those that are harmless or define what equal means.</summary>
    public static ImmutableArray<string> OfComparison(ImmutableArray<string> options) => Of(options, c => c is OptionClass.Harmless or OptionClass.DefinesEquality);

    /// <summary>Those that define what equal means: reports and evidence name them.</summary>
    public static ImmutableArray<string> OfEquality(ImmutableArray<string> options) => Of(options, c => c == OptionClass.DefinesEquality);

    /// <summary>
    /// The name of the directories in which rsync keeps unfinished files on the target. rsync excludes directories of that name on the
    /// source (rsync(1), --partial-dir and --delay-updates). Null for none, or for one outside the target.
    /// </summary>
    public static string? PartialDirectory(ImmutableArray<string> options)
    {
        var named = options.LastOrDefault(option => option.StartsWith(PartialDir, StringComparison.Ordinal))?[PartialDir.Length..].TrimEnd('/');
        return named is { Length: > 0 } ? named[0] == '/' ? null : named
            : options.Contains("--delay-updates") ? ".~tmp~" : null;
    }

    private static ImmutableArray<string> Of(ImmutableArray<string> options, Func<OptionClass, bool> wanted) =>
        [.. options.Select(option => option.StartsWith("--", StringComparison.Ordinal) ? OfLong(option, wanted) : OfLetters(option, wanted)).OfType<string>()];

    private static string? OfLong(string option, Func<OptionClass, bool> wanted) => wanted(Long(option).Class) ? option : null;

    // -aAXz: each letter has a class of its own.
    private static string? OfLetters(string option, Func<OptionClass, bool> wanted)
    {
        var kept = "";
        for (var index = 1; index < option.Length; index++)
        {
            var rule = ByLetter[option[index]];
            var text = rule.HasValue ? option[index..] : option[index..(index + 1)];
            if (wanted(rule.Class)) kept += text;
            if (rule.HasValue) break;
        }
        return kept.Length == 0 ? null : $"-{kept}";
    }

    private static string? WhyNotLong(string option)
    {
        var name = NameOf(option);
        if (name.Contains(' ', StringComparison.Ordinal)) return "its name contains a space; an option and its value are joined by '=', such as --chmod=g+w";
        var rule = Long(option);
        if (rule.Class == OptionClass.Refused) return rule.Why;
        if (option.StartsWith(PartialDir, StringComparison.Ordinal) && option[PartialDir.Length..] is var at
            && (at.TrimEnd('/') is "" or "." or ".." || (at[0] != '/' && at.TrimEnd('/').Contains('/', StringComparison.Ordinal))))
            return "it must have the name of a directory, such as .rsync-partial, or an absolute path";
        return rule.HasValue && !option.Contains('=', StringComparison.Ordinal) ? $"it needs its value in the same item: --{name}=..." : null;
    }

    private static string? WhyNotLetters(string letters)
    {
        for (var index = 0; index < letters.Length; index++)
        {
            var rule = ByLetter.GetValueOrDefault(letters[index]) ?? Unknown;
            if (rule.Class == OptionClass.Refused) return letters.Length == 1 ? rule.Why : $"it contains -{letters[index]}: {rule.Why}";
            if (rule.HasValue) return index == letters.Length - 1 ? $"-{letters[index]} needs its value in the same item" : null;
        }
        return null;
    }

    private static OptionRule Unknown { get; } =
        new("", "", false, OptionClass.Refused, "it is not in QSplit's table of rsync options (docs/reference/rsync-options.md), so its effect on a verification is unknown");

    // What is switched off: an attribute that is always copied defines what equal means. What undoes a refused option is refused as well: it says nothing.
    private static OptionRule Long(string option)
    {
        var name = NameOf(option);
        if (Find(name) is { } rule) return rule;
        if (!name.StartsWith("no-", StringComparison.Ordinal)) return Unknown;
        var off = name[3..];
        if (off is "checksum" or "c") return new(name, "", false, OptionClass.Refused, Trusts);
        var on = Find(off) ?? (off.Length == 1 ? ByLetter.GetValueOrDefault(off[0]) : null);
        return on is null ? Unknown : on.Name.Split(',').Any(AlwaysOn.Contains) ? on with { Class = OptionClass.DefinesEquality, HasValue = false } : on with { HasValue = false };
    }

    private static OptionRule? Find(string name) =>
        ByName.GetValueOrDefault(name)
        ?? (name.StartsWith("delete", StringComparison.Ordinal) ? ByName["delete*"] : name.StartsWith("log-file", StringComparison.Ordinal) ? ByName["log-file*"] : null);

    private static string NameOf(string option) => option[2..].Split('=')[0];

    // "compress-level=,zl" has a value; of the words behind it those of one letter are short forms, the others are further names.
    private static IEnumerable<OptionRule> Group(OptionClass of, string why, params string[] options) => options.Select(option =>
    {
        var words = option.Split(',');
        var name = words[0].TrimEnd('=');
        return new OptionRule(
            string.Join(',', words.Skip(1).Where(word => word.Length > 1).Prepend(name)), string.Concat(words.Skip(1).Where(word => word.Length == 1)), words[0].EndsWith('='), of, why);
    });
}

using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>Where a transfer reads and writes, as the host that runs it sees the two trees, and what the manifest adds.</summary>
/// <param name="Source">Absolute path of the mounted source.</param>
/// <param name="Target">Absolute path of the mounted target.</param>
/// <param name="Options">The manifest's own options, such as <c>--acls</c>.</param>
/// <param name="LeaveOut">Names of directories that are not copied, such as <c>.snapshot</c>.</param>
/// <param name="BytesPerSecond">The limit for this one rsync; null for none.</param>
/// <param name="Nanoseconds">Whether the target keeps them: then times are compared to the nanosecond, not to the second.</param>
internal sealed record RsyncPaths(
    string Source, string Target, ImmutableArray<string> Options, ImmutableArray<string> LeaveOut, long? BytesPerSecond, bool Nanoseconds)
{
    /// <summary>Only says what it would do; null does it.</summary>
    public Pretence? Pretence { get; init; }

    /// <summary>Whether the target keeps every other second: then times are compared with a tolerance of one second.</summary>
    public bool HasTwoSeconds { get; init; }

    /// <summary>Whether content is compared by checksums, and not taken for the same where size and time are.</summary>
    public bool ByChecksum { get; init; }

    /// <summary>Whether what it is given takes the place of directories that are in the way, with all below them: each of those is on a reviewed list.</summary>
    public bool Replaces { get; init; }

    /// <summary>Entries that are left alone on both sides, with all below them.</summary>
    public ImmutableArray<EntryPath> Skipped { get; init; } = [];

    /// <summary>Whether hard links are not kept, whatever the options say.</summary>
    public bool ForgoesHardLinks { get; init; }

    /// <summary>How many entries may be deleted at the most: what was reviewed.</summary>
    public long MostDeletions { get; init; }
}

/// <summary>How an rsync pretends: nothing is written.</summary>
/// <param name="Deletes">Whether it says what it would delete, too.</param>
/// <param name="Check">What it compares, where it is to verify; null where it is to say what a run would do.</param>
internal sealed record Pretence(bool Deletes, CheckPass? Check = null);

/// <summary>The argument list of rsync for each pass; the list of entries comes by standard input, separated by NUL.</summary>
internal static partial class RsyncArguments
{
    // Not -a: its -r is off beside --files-from, and trees, levels and directories each want their own.
    private const string Attributes = "-lptgoD";

    // One line of progress at a time and the statistics at the end; names only where something is wrong (standard error).
    private static readonly ImmutableArray<string> Quiet = ["--info=progress2,stats2,name0", "--no-human-readable", "--outbuf=L"];

    // For ItemizedEntry. All directories are told of, changed or not, at the levels alone: as a seal does it.
    private static readonly ImmutableArray<string> Telling = ["--dry-run", "--no-human-readable", "--outbuf=L", ItemizedEntry.Format];

    private static readonly ImmutableArray<string> Comparing = ["--dry-run", "--no-human-readable", "--outbuf=L"];

    private const int LongestPattern = 2000;

    // MD5 is what every rsync has, and what people can check by hand.
    private static readonly ImmutableArray<string> Sums = ["--checksum", "--checksum-choice=md5"];

    /// <summary>rsync with all that <paramref name="pass"/> wants.</summary>
    public static ImmutableArray<string> For(Pass pass, RsyncPaths paths) =>
    [
        "rsync",
        .. pass switch
        {
            _ when paths.Pretence is { Check: { } check } => [Attributes, pass == Pass.Seal || check is CheckPass.Content or CheckPass.Links ? "--dirs" : "--recursive", .. Comparing, .. WhatOf(check)],
            Pass.Seal when paths.Pretence is not null => [Attributes, "--dirs", .. Telling, "--info=name2,del1,stats0"],
            _ when paths.Pretence is not null => [Attributes, "--recursive", .. Telling, "--info=name1,del1,stats0"],
            // What is on the source (again) stays as it is: only what is missing there goes, with all below it.
            Pass.Delete => [Attributes, "--dirs", "--delete-missing-args", "--one-file-system", "--force", $"--max-delete={paths.MostDeletions}", "--existing", "--ignore-existing", "--no-human-readable", "--outbuf=L", "--info=del1,stats2", "--out-format=%i %n"],
            Pass.Links => [Attributes, "--dirs", .. Quiet],
            Pass.Open => [Attributes, "--dirs", "--chmod=Du+rwx", .. Quiet],
            // All directories at the levels are read back (name2: changed or not): one that was not planned is nobody's yet.
            Pass.Seal => [Attributes, "--dirs", "--no-human-readable", "--outbuf=L", "--info=name2,stats2", "--out-format=%i %n"],
            _ => ImmutableArray.Create([Attributes, "--recursive", .. Quiet]),
        },
        .. paths.Pretence is { Deletes: true } ? ["--delete-after"] : ImmutableArray<string>.Empty,
        // What is not on the source any more is still its bucket's to tell of; a level is told of by the one above it.
        .. paths.Pretence switch { { Check: not null, Deletes: true } when pass != Pass.Seal => ["--delete-missing-args"], { Check: not null } => ["--ignore-missing-args"], _ => ImmutableArray<string>.Empty },
        "--no-implied-dirs",
        "--numeric-ids",
        .. paths is { ByChecksum: true, Pretence: null } && pass is Pass.Baseline or Pass.Seal ? Sums : ImmutableArray<string>.Empty,
        .. paths is { Replaces: true, Pretence: null } ? ["--force"] : ImmutableArray<string>.Empty,
        .. paths.Nanoseconds ? ["--modify-window=-1"] : paths.HasTwoSeconds ? ["--modify-window=1"] : ImmutableArray<string>.Empty,
        .. paths.Pretence is { Check: not null } ? OptionClasses.OfComparison(paths.Options) : paths.Options,
        // Otherwise the writing side names entries in the target's encoding, and no such entry is on the source.
        .. paths.Options.Any(option => option.StartsWith("--iconv=", StringComparison.Ordinal))
            ? ["--stderr=client"]
            : ImmutableArray<string>.Empty,
        .. paths.ForgoesHardLinks ? ["--no-hard-links"] : ImmutableArray<string>.Empty,
        // rsync(1), FILTER RULES: "+ " and "- " at the beginning of an --exclude are not part of the name.
        .. paths.LeaveOut.Select(name => name is ['+' or '-', ' ', ..] ? $"--filter=- {name}/" : $"--exclude={name}/"),
        .. paths.Skipped.Where(path => !path.IsRoot).Select(PatternOf).OfType<string>().Select(pattern => $"--exclude={pattern}"),
        // Directories of these names are a user's.
        .. LocalTreeOptions.QuotaFiles.Select(name => $"--include=/{name}/"),
        .. LocalTreeOptions.QuotaFiles.Select(name => $"--exclude=/{name}"),
        .. paths.BytesPerSecond is { } limit ? [$"--bwlimit={Math.Max(1, limit / 1024)}k"] : ImmutableArray<string>.Empty,
        "--from0",
        "--files-from=-",
        "--",
        WithSlash(paths.Source),
        WithSlash(paths.Target),
    ];

    private static ImmutableArray<string> WhatOf(CheckPass check) => check switch
    {
        // Every entry is reported (name2), and so is what --no-links and such leave out (nonreg1). The statistics say how many there are: see ComparisonCount.
        CheckPass.Metadata or CheckPass.Links => ["--info=name2,nonreg1,del1,stats2", ItemizedEntry.Format],
        // Nothing is new and nothing is older, whatever is there: what is left is what would be deleted, and nothing else is told of.
        CheckPass.Extras => ["--existing", "--ignore-existing", "--info=name0,nonreg0,del1,stats0", ItemizedEntry.Format],
        _ => [.. Sums, "--info=name2,nonreg1,del1,stats2", ItemizedEntry.FormatWithSum],
    };

    // rsync(1), PATTERN MATCHING RULES: a backslash is one of the name where the pattern has no wildcard. What is no UTF-8 has no place among arguments, and
    // rsync takes no pattern that is as long as the longest path.
    private static string? PatternOf(EntryPath path)
    {
        var text = Encoding.UTF8.GetString(path.Bytes);
        if (text.Contains('\uFFFD', StringComparison.Ordinal) || path.Bytes.Length > LongestPattern) return null;
        return "/" + (text.AsSpan().ContainsAny("*?[") ? Wildcards().Replace(text, @"\$0") : text);
    }

    [GeneratedRegex(@"[*?[\\]", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Wildcards();

    private static string WithSlash(string path) => path.EndsWith('/') ? path : path + "/";
}

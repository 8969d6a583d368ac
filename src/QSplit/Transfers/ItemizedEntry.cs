using System.Globalization;
using System.Text.RegularExpressions;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>A line of an rsync that tells of each entry (see <see cref="Format"/>).</summary>
/// <param name="What">What it does or would do: <c>YXcstpoguax</c> of rsync(1), --itemize-changes; <c>*deleting</c>.</param>
/// <param name="Size">Logical bytes; of what is deleted 0.</param>
/// <param name="Sum">The checksum of the file's content on the source, in hexadecimal; null where there is none.</param>
/// <param name="IsDirectory">Whether it is one, or was until it was deleted.</param>
internal readonly partial record struct ItemizedEntry(string What, long Size, string? Sum, EntryPath Path, bool IsDirectory)
{
    /// <summary>
    /// What rsync does, the size, what the entry is a link to, the name. No name has <c>//</c> in it, so the name is what comes behind the
    /// last one.
    /// </summary>
    public const string Format = "--out-format=%i %l%L//%n";

    /// <summary>The same with the checksum of the content.</summary>
    public const string FormatWithSum = "--out-format=%i %l %C%L//%n";

    /// <summary>The name that it is or would be linked to, since both are one file on the source.</summary>
    public EntryPath? LinkedTo { get; private init; }

    public bool IsDeleted => What[0] == '*';

    /// <summary>Whether it is not on the target.</summary>
    public bool IsNew => !IsDeleted && What[2] == '+';

    /// <summary>Whether content is copied: of a regular file.</summary>
    public bool IsFileCopied => What.StartsWith(">f", StringComparison.Ordinal);

    public bool IsFile => !IsDeleted && What[1] == 'f';

    /// <summary>Whether something about it is or would be changed.</summary>
    public bool IsChanged => IsDeleted || IsNew || What[0] is not '.' || What.AsSpan(2).ContainsAnyExcept(' ', '.');

    /// <param name="line">As rsync printed it.</param>
    /// <param name="hasSums">Whether the line has the place for a checksum, which is blank for what has no content.</param>
    /// <returns>Null where the line is none that tells of an entry.</returns>
    public static ItemizedEntry? Parse(string line, bool hasSums)
    {
        if ((hasSums ? WithSum() : Plain()).Match(line) is not { Success: true } match) return null;
        var (what, name, sum) = (match.Groups["what"].Value, match.Groups["name"].Value, match.Groups["sum"].Value.Trim());
        // A name of a file with several names that is linked already: rsync calls it a local change of nothing, and names no other (hlink.c,
        // maybe_hard_link). Where it names one, the link is missing, although the two may be equal in all else, or look so.
        if (what[0] == 'h' && what.AsSpan(2).Trim(' ').IsEmpty && !match.Groups["other"].Success) what = "." + what[1..];
        return new(
            what,
            long.Parse(match.Groups["size"].ValueSpan, CultureInfo.InvariantCulture),
            sum.Length == 0 ? null : sum,
            EntryPath.Parse(name),
            what[0] == '*' ? name.EndsWith('/') : what[1] == 'd')
        {
            LinkedTo = what[0] == 'h' && match.Groups["other"] is { Success: true, Value: var other } ? EntryPath.Parse(other[" => ".Length..]) : null,
        };
    }

    [GeneratedRegex(@"^(?<what>[<>ch.*][fdLDS][^ ].{8}|[.h][fdLDS] {9}|\*deleting  ) (?<size>\d+)(?<other> [-=]> .*)?//(?<name>.+)\z", RegexOptions.ExplicitCapture | RegexOptions.Singleline, Timeout.Infinite)]
    private static partial Regex Plain();

    // MD5 has 32 digits.
    [GeneratedRegex(@"^(?<what>[<>ch.*][fdLDS][^ ].{8}|[.h][fdLDS] {9}|\*deleting  ) (?<size>\d+) (?<sum>[0-9a-f]{32}| {32})(?<other> [-=]> .*)?//(?<name>.+)\z", RegexOptions.ExplicitCapture | RegexOptions.Singleline, Timeout.Infinite)]
    private static partial Regex WithSum();
}

using System.Globalization;
using System.Text.RegularExpressions;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Verifications;

/// <summary>Checks that every entry rsync listed was reported and understood: a lost line must not count as "equal".</summary>
/// <remarks>
/// rsync's statistics count its file list (<c>Number of files: 15 (reg: 7, dir: 4, link: 1, dev: 1, special: 2)</c>). Directories are left out: rsync lists
/// one twice when it is both an argument and below another, and lists implied ones. With <c>--delete-missing-args</c> an argument that does not exist
/// counts as a file (flist.c); with <c>--ignore-missing-args</c> it does not count.
/// </remarks>
/// <param name="requested">The paths that rsync was given.</param>
/// <param name="countsMissing">Whether rsync's statistics count arguments that do not exist.</param>
/// <param name="isListed">Whether each entry is reported and counted; false where rsync only reports deletions.</param>
internal sealed partial class ComparisonCount(IEnumerable<EntryPath> requested, bool countsMissing, bool isListed)
{
    // generator.c, delete_in_dir.
    private const string NoDeletions = "IO error encountered -- skipping file deletion";

    private readonly HashSet<EntryPath> _missing = [.. requested];
    private long _reported;
    private long? _listed;
    private long? _all;
    private string? _unknown;
    private bool _hasNoDeletions;

    /// <summary>Paths that rsync was given and did not report. They must not exist on the source.</summary>
    public IReadOnlyCollection<EntryPath> Missing => isListed ? _missing : [];

    /// <summary>How many entries rsync found on the source, directories with them; null where it did not say.</summary>
    public long? Listed => _all - (countsMissing ? _missing.Count : 0);

    /// <summary>Why the comparison is not complete, as the rest of a sentence; null when every entry was reported and understood.</summary>
    public string? WhyIncomplete =>
        _hasNoDeletions ? "rsync could not read a directory, and did not look for what is only on the target"
        : _unknown is not null ? $"rsync printed a line that QSplit does not know: {_unknown}"
        : !isListed ? null
        : _listed is not { } listed ? "rsync printed no statistics"
        : listed - (countsMissing ? _missing.Count : 0) is var expected && expected == _reported ? null
        : $"rsync listed {expected} entries besides directories and reported {_reported}";

    public void Add(ItemizedEntry entry)
    {
        if (entry.IsDeleted) return;
        _missing.Remove(entry.Path);
        if (!entry.IsDirectory) _reported++;
    }

    /// <summary>An entry that rsync named in an error need not be reported.</summary>
    public void Excuse(EntryPath path) => _missing.Remove(path);

    /// <summary>The entry that an option such as <c>--no-links</c> leaves out, where a line says so.</summary>
    public static EntryPath? LeftOutBy(string line) => Skipped().Match(line) is { Success: true } skipped ? EntryPath.Parse(skipped.Groups["name"].Value) : null;

    /// <summary>Reads a line that reports no entry.</summary>
    /// <returns>Whether it is known.</returns>
    public bool Add(string line)
    {
        if (LeftOutBy(line) is { } leftOut)
        {
            _missing.Remove(leftOut);
            _reported++;
            return true;
        }
        if (FilesListed().Match(line) is { Success: true } listed)
        {
            _listed = listed.Groups["kind"].Captures.Zip(listed.Groups["n"].Captures).Where(pair => pair.First.Value != "dir")
                .Sum(pair => long.Parse(pair.Second.ValueSpan, CultureInfo.InvariantCulture));
            _all = long.Parse(listed.Groups["all"].ValueSpan, CultureInfo.InvariantCulture);
            return true;
        }
        if (line == NoDeletions)
        {
            _hasNoDeletions = true;
            return true;
        }
        if (Known().IsMatch(line)) return true;
        _unknown ??= line;
        return false;
    }

    // What --no-links, --no-devices and --no-specials leave out (generator.c).
    [GeneratedRegex("^skipping non-regular file \"(?<name>.*)\"$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Skipped();

    // main.c, output_itemized_counts. Without entries there are no parentheses.
    [GeneratedRegex(@"^Number of files: (?<all>\d+)( \(((, )?(?<kind>[a-z]+): (?<n>\d+))+\))?$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex FilesListed();

    // The other statistics (main.c, output_summary).
    [GeneratedRegex("^(Number of |Total |Literal data: |Matched data: |File list |sent |total size is |created (directory|[0-9]+ director)|$)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Known();
}

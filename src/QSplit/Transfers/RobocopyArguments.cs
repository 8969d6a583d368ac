using System.Collections.Immutable;
using System.Globalization;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>The arguments of robocopy: pure. Source and target come before them.</summary>
/// <remarks><c>robocopy /?</c> of Windows 10 and Server 2022.</remarks>
internal static class RobocopyArguments
{
    private const int Threads = 8, Retries = 2, SecondsBetween = 5;

    /// <summary>What all jobs of a migration have in common.</summary>
    /// <param name="options">The manifest's own, which replace the program's where they say the same thing.</param>
    public static ImmutableArray<string> Common(ImmutableArray<string> options) =>
    [
        .. Has(options, "/COPY:", "/COPYALL", "/SEC") ? ImmutableArray<string>.Empty : ["/COPY:DAT"],
        .. Has(options, "/DCOPY:") ? ImmutableArray<string>.Empty : ["/DCOPY:DAT"],
        // Many threads do not go with these two.
        .. Has(options, "/MT", "/IPG:", "/EFSRAW") ? ImmutableArray<string>.Empty : [string.Create(CultureInfo.InvariantCulture, $"/MT:{Threads}")],
        // Links as links; names and progress only where something is wrong, figures in bytes.
        "/SL",
        string.Create(CultureInfo.InvariantCulture, $"/R:{Retries}"),
        string.Create(CultureInfo.InvariantCulture, $"/W:{SecondsBetween}"),
        "/BYTES",
        "/NP",
        "/NFL",
        "/NDL",
        .. options,
    ];

    /// <summary>What is said of one job alone; names of files come first.</summary>
    /// <param name="leaveOut">Names of directories that are not copied, such as <c>.snapshot</c>.</param>
    public static ImmutableArray<string> Of(RobocopyJob job, ImmutableArray<string> leaveOut) => job switch
    {
        RobocopyJob.WholeTree => ["/E", .. Named("/XD", leaveOut.Where(CanBeThere))],
        RobocopyJob.NamedFiles files => [.. files.Names.Select(NoOption), "/LEV:1", .. Named("/XF", files.Without)],
        RobocopyJob.Level level => ["/LEV:1", .. Named("/XF", level.Without)],
        _ => ["/LEV:1", "/XF", "*"],
    };

    /// <summary>
    /// A name as robocopy takes it for one: "All Robocopy switches can be specified Unix-style" (its own documentation), so one that starts with a dash would be
    /// taken for a switch. A question mark stands for any letter there, also for that of a neighbour.
    /// </summary>
    public static string NoOption(string name) => name[0] == '-' ? $"?{name[1..]}" : name;

    private static ImmutableArray<string> Named(string option, IEnumerable<string> names) =>
        names.Select(NoOption).ToList() is { Count: > 0 } all ? [option, .. all] : [];

    private static bool CanBeThere(string pattern) => WindowsName.WhyNot(pattern.Replace('*', 'x')) is null;

    private static bool Has(ImmutableArray<string> options, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
            if (options.Any(option => option.StartsWith(start, StringComparison.OrdinalIgnoreCase) && (start[^1] == ':' || option.Length == start.Length || option[start.Length] == ':'))) return true;
        return false;
    }
}

using System.Text.RegularExpressions;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Reports;

/// <summary>What is left of a run, and what could not be copied, in words; pure.</summary>
internal static partial class LeftText
{
    /// <summary>The command that lists what a run could not copy.</summary>
    /// <param name="command">One of the same migration, to go on with.</param>
    public static string ErrorsCommand(string command) => Target().Replace(command.Replace(" --repair", "", StringComparison.Ordinal), "--target=Errors");

    /// <summary>The rest of a sentence about a run that is not finished: <c>3 buckets of 16 are left</c>, or the pass that is.</summary>
    public static string Of(RunState run)
    {
        if (run.UnsettledBuckets.Count() is > 0 and var buckets) return $"{Humane.Count(buckets, "bucket", "buckets")} of {run.Buckets.Count} {(buckets == 1 ? "is" : "are")} left";
        if (run.Passes.FirstOrDefault(work => run.StateOf(work) is { Last: not null, IsSettled: false }) is { Pass: var pass } && pass != Pass.Baseline) return $"its buckets are done, the pass '{pass.ToString().ToLowerInvariant()}' is left";
        return "its buckets are done, the last pass over the shared directories is left";
    }

    /// <summary><c>3 entries could not be copied (2 permission, 1 attribute), first ./a (Permission denied (13))</c>.</summary>
    /// <param name="exceptions">One or more.</param>
    public static string Of(IReadOnlyCollection<FailedEntry> exceptions)
    {
        var first = exceptions.First();
        var classes = exceptions.GroupBy(entry => entry.Class).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => $"{Humane.Count(group.Count())} {ExceptionClasses.Word(group.Key)}");
        return $"{Humane.Count(exceptions.Count, "entry", "entries")} could not be copied ({string.Join(", ", classes)}), first {first.Path} ({first.Reason})";
    }

    [GeneratedRegex("--target=[A-Za-z]+", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Target();
}

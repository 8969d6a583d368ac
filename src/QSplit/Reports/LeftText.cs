using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Reports;

/// <summary>What is left of a run, and what could not be copied, in words; pure.</summary>
internal static class LeftText
{
    /// <summary>The rest of a sentence about a run that is not finished: <c>3 buckets of 16 are left</c>, or the pass that is.</summary>
    public static string Of(RunState run)
    {
        if (run.UnsettledBuckets.Count() is > 0 and var buckets)
            return $"{Humane.Count(buckets, "bucket", "buckets")} of {run.Buckets.Count} {(buckets == 1 ? "is" : "are")} left";
        var tried = run.Passes.Where(work => run.StateOf(work) is { Last: not null } state && !run.IsOver(state));
        var pass = tried.Append(WorkUnit.Seal).First();
        return $"its buckets are done, the pass '{pass}' is left";
    }

    /// <summary>The same of exceptions of a run, which may be of what it was to delete.</summary>
    public static string Of(IReadOnlyCollection<FailedEntry> exceptions, RunState run) => Of(exceptions, AreUndeleted(exceptions, run) ? "deleted" : "copied");

    /// <summary>Whether all of them are of what a run was to delete.</summary>
    public static bool AreUndeleted(IReadOnlyCollection<FailedEntry> exceptions, RunState run)
    {
        var undeleted = run.Deletes.Values.SelectMany(part => part.Left).Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        return undeleted.Count > 0 && exceptions.All(entry => undeleted.Contains(entry.Path));
    }

    /// <summary><c>3 entries could not be copied (2 permission, 1 attribute), first ./a (Permission denied (13))</c>.</summary>
    /// <param name="exceptions">One or more.</param>
    /// <param name="what">What could not be done with them.</param>
    public static string Of(IReadOnlyCollection<FailedEntry> exceptions, string what = "copied")
    {
        var first = exceptions.First();
        var count = Humane.Count(exceptions.Count, "entry", "entries");
        var classes = ExceptionClasses.ByClass(exceptions).Select(of => $"{Humane.Count(of.Count())} {ExceptionClasses.Word(of.Key)}");
        return $"{count} could not be {what} ({string.Join(", ", classes)}), first {first.Path} ({first.Reason})";
    }

    /// <summary><c>2 files changed while they were read, first ./log: the next sync copies them.</c></summary>
    /// <param name="exceptions">One or more, all of that class.</param>
    public static string Changed(IReadOnlyCollection<FailedEntry> exceptions) => exceptions.Count == 1
        ? $"1 file changed while it was read, {exceptions.First().Path}: the next sync copies it."
        : $"{Humane.Count(exceptions.Count, "file", "files")} changed while they were read, first {exceptions.First().Path}: "
            + "the next sync copies them.";
}

using System.Collections.Immutable;
using QSplit.Transfers;

namespace QSplit.Reports;

/// <summary>What some runs of a migration could not copy.</summary>
/// <param name="Runs">The newest first; empty where there is none.</param>
public sealed record RunErrors(string Migration, ImmutableArray<ErrorsOfRun> Runs)
{
    private const int FirstNames = 5;

    /// <summary>The command that tries exceptions of one class of the last pass again; null where there are none.</summary>
    public string? Retry { get; init; }

    /// <summary>For a terminal: for each run the classes with counts, first names, what helps, and where all names are.</summary>
    public IEnumerable<string> Lines()
    {
        if (Runs.IsEmpty) yield return $"{Migration}: no run yet";
        foreach (var run in Runs)
        {
            var what = run.Exceptions.IsEmpty ? "no entry is known by name that could not be copied" : LeftText.Of(run.Exceptions, run.AreUndeleted ? "deleted" : "copied");
            yield return $"{Migration}: run {run.Run}: {what}";
            foreach (var group in ExceptionClasses.ByClass(run.Exceptions))
            {
                var count = Humane.Count(group.Count(), "entry", "entries");
                yield return $"  {ExceptionClasses.Word(group.Key)}: {count}. {ExceptionClasses.Remedy(group.Key, run.Options)}";
                foreach (var entry in group.Take(FirstNames)) yield return $"    {entry.Path}: {entry.Reason}";
                if (group.Count() > FirstNames) yield return $"    and {Humane.Count(group.Count() - FirstNames)} more";
            }
            foreach (var line in run.Others) yield return $"  {line}";
            if (run.File is not null) yield return $"  all names: {run.File}";
        }
        if (Retry is not null) yield return $"  to try those of one class again, and nothing else: {Retry}";
    }
}

/// <summary>What one run could not copy.</summary>
/// <param name="Others">Work that failed for a reason that names no entry, with that reason.</param>
/// <param name="File">Where all names are; null where there are none.</param>
public sealed record ErrorsOfRun(string Run, ImmutableArray<FailedEntry> Exceptions, ImmutableArray<string> Others, string? File)
{
    /// <summary>The options of the mover that it was copied with.</summary>
    internal ImmutableArray<string> Options { get; init; } = [];

    /// <summary>Whether all exceptions are of what it was to delete.</summary>
    internal bool AreUndeleted { get; init; }

    internal bool IsSomething => !Exceptions.IsEmpty || !Others.IsEmpty;
}

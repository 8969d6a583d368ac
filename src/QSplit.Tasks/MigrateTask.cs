using System.Collections.Immutable;
using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Migrate")]
[TaskDescription("Copies the trees of the manifest; goes on where it stopped. --manifest --migration --hosts --buckets --plan --accept-drift --retry=CLASS --fresh")]
public sealed class MigrateTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var request = context.Request;
        Conclude(await context.RunAsync(request | (request.Retry.IsEmpty ? context.Pipeline.Migrate : context.Pipeline.Sync)), context);
    }

    /// <summary>Shows what came of them on the page of a CI run, where there is one.</summary>
    /// <exception cref="CommandFailedException">Something is left: the message says what, and how to go on.</exception>
    internal static void Conclude(ImmutableArray<RunSummary> summaries, QSplitContext context)
    {
        foreach (var summary in summaries) context.Summarize(summary.MarkdownPath);
        var left = summaries.Where(s => !s.Run.IsFinished || s is { IsWithExceptions: true, IsLeftToNext: false }).ToList();
        if (left.Count > 0) throw new CommandFailedException(string.Join(Environment.NewLine, left.Select(LeftOf)));
    }

    private static string LeftOf(RunSummary summary)
    {
        var state = summary.IsWithExceptions ? "done with exceptions" : "not finished";
        return $"Migration {summary.Plan.Migration} is {state}. {summary.HowToGoOn}";
    }
}

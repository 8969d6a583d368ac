using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Reports.Building;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Tests.Reports;

/// <summary>Events of a run with their times, told one after another, and the report that is made of them.</summary>
internal sealed class ReportStory
{
    public const string Command = "./build.sh --target=Migrate --migration=music";
    public static readonly DateTimeOffset Begin = new(2026, 11, 22, 17, 30, 0, TimeSpan.Zero);
    private readonly Plan _plan;
    private readonly List<TimedEvent> _events = [];

    public ReportStory(Plan plan, RunMode mode = RunMode.Copy, bool deletes = false)
    {
        _plan = plan;
        At(0, SmallPlan.Begun(plan).Started with { Mode = mode, Deletes = deletes });
    }

    public static TransferOutcome Done { get; } = new TransferOutcome.Succeeded(0);

    public static TransferOutcome Refused { get; } = new TransferOutcome.Transient(255, "Connection refused");

    public static RunEvent.AttemptStarted Start(int bucket, int attempt = 1, string host = "dtn1", int slot = 1, int named = 0) =>
        new(WorkUnit.OfBucket(bucket), attempt, host, slot, named);

    public static PreviewPart Part(string top, ChangeKind kind, long entries, long files, long bytes, params string[] first) => new(top, kind, entries, files, bytes, [.. first]);

    /// <param name="seconds">After the begin.</param>
    public ReportStory At(double seconds, RunEvent happened)
    {
        _events.Add(new(Begin.AddSeconds(seconds), happened));
        return this;
    }

    /// <param name="said">What a controller that is at work says; null when there is none.</param>
    public ReportDocument Report(double now = 3600, ProgressReport? said = null)
    {
        var run = RunState.From("music/1", _events.Select(e => e.Happened))!;
        var at = Begin.AddSeconds(now);
        return ReportOf.Run(_plan, run, _events, StatusOf.Run("music", run, _plan, said, "/runs/music/1", Command, at), "/runs/music/1", at, "QSplit 1.2.3");
    }

    /// <summary>What a controller says that is at work at that moment.</summary>
    public static ProgressReport AtWork(double now) =>
        new(Begin.AddSeconds(now), "process 1", new(0, 1000, 0, 0, 2, null, null, []));
}

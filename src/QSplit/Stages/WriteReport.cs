using QSplit.Reports;

namespace QSplit.Stages;

/// <summary>Writes the report of a run beside its plan, and shows what came of it.</summary>
internal static class WriteReport
{
    public static RunSummary Run(RunSession session, Surroundings around)
    {
        var summary = new RunSummary(
            session.Plan,
            session.Run,
            session.Run.Moved - session.MovedBefore,
            session.Elapsed,
            session.WasFinished,
            session.Planned.SourceRoot,
            session.Job.Migration.Mounts.Target,
            session.Planned.Folder,
            session.Job.Command);
        if (!session.WasFinished) File.WriteAllText(summary.ReportPath, ReportMarkdown.Write(summary));
        around.View.Conclude(summary);
        return summary;
    }
}

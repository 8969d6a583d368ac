using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Reports.Building;
using QSplit.Reports.Files;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>Writes the report of a run or a plan beside its plan, in all its kinds.</summary>
internal static class WriteReport
{
    /// <summary>At the end of a session: writes the report, and shows what came of it.</summary>
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
        if (!session.WasFinished) Write(session, around);
        around.View.Conclude(summary);
        return summary;
    }

    /// <summary>The report of a run, made from the store.</summary>
    /// <returns>Where the run stands, and the files.</returns>
    /// <exception cref="StorageException">The store or the plan cannot be read, or the run's folder not be written.</exception>
    public static MadeReport OfRun(Job job, string id, RunStore store, Func<string, Plan> planIn, Surroundings around)
    {
        var read = RunReading.Of(job, id, store, planIn, around);
        var report = ReportOf.Run(read.Plan!, read.Run, read.Events, read.Status, read.Folder, around.Time.GetUtcNow(), Equipping.Program);
        return new(id, report.Status, [.. ReportFiles.Write(read.Folder, report)]);
    }

    /// <summary>The report of a plan that nothing has been done of.</summary>
    /// <returns>That nothing was begun, and the files.</returns>
    /// <exception cref="StorageException">Its folder cannot be written.</exception>
    public static MadeReport OfPlan(Planned planned, Surroundings around)
    {
        var now = around.Time.GetUtcNow();
        var status = StatusOf.Nothing(planned.Plan.Migration, planned.Job.Command, now);
        return new(planned.Run, status, [.. ReportFiles.Write(planned.Folder, ReportOf.Plan(planned.Plan, TermsOf(planned), status, now, Equipping.Program))]);
    }

    // What is across is across: that its report cannot be written is worth a line.
    private static void Write(RunSession session, Surroundings around)
    {
        try
        {
            using var store = RunStore.Open(session.Job.Folders.Store, around.Time);
            OfRun(session.Job, session.Run.Id, store, _ => session.Plan, around);
        }
        catch (StorageException e)
        {
            session.Say(e.Message);
        }
    }

    // A plan names what lies beside the manifest from there.
    private static RunTerms TermsOf(Planned planned) => planned.Plan.Terms is { } terms
        ? new(InFull(terms.Source, planned), InFull(terms.Target, planned), terms.Options, terms.Tree)
        : planned.Job.Terms;

    private static string InFull(string path, Planned planned) =>
        path.Length == 0 || planned.Plan.Mover == MoverKind.Robocopy ? path : Path.GetFullPath(path, planned.Job.Manifest.Directory);
}

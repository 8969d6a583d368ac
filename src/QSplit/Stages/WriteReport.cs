using System.Collections.Immutable;
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
    private const int MostPasses = 50;

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
            session.Run is { IsFinished: false, Started.Mode: RunMode.Sync } ? session.Job.CommandOf(session.Run) : session.Job.Command)
        { LeftByLater = session.LeftByLater, CutOver = session.CutOver };
        if (!session.WasFinished) Write(session, around);
        around.View.Conclude(summary);
        return summary;
    }

    /// <summary>The report of a run, made from the store.</summary>
    /// <returns>Where the run stands, and the files.</returns>
    /// <exception cref="StorageException">The store or the plan cannot be read, or the run's folder not be written.</exception>
    public static MadeReport OfRun(Job job, string id, RunStore store, Func<string, Plan> planIn, Surroundings around)
    {
        var report = DocumentOf(job, id, store, planIn, around);
        return new(id, report.Status, [.. ReportFiles.Write(job.Folders.OfRun(id), report)]);
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

    /// <summary>The report of a cutover: that of its last run, under the checklist. Before there is one nothing is written.</summary>
    public static void OfCutover(OpenCutover open, Surroundings around)
    {
        if ((open.Progress.Verify ?? open.Progress.Deletes ?? open.Progress.Sync) is not { } last) return;
        try
        {
            using var store = RunStore.Open(open.Job.Folders.Store, around.Time);
            var (report, summary) = (DocumentOf(open.Job, last.Id, store, PlanFile.Read, around), ShowCutover.SummaryOf(open));
            var signedOff = summary.Cutover.IsSignedOff;
            ReportFiles.Write(open.Folder, report with
            {
                Kind = ReportKind.Cutover,
                Status = report.Status with { Run = open.Record.Id, State = signedOff ? RunStanding.Finished : RunStanding.Stopped, Words = signedOff ? "signed off" : "not signed off", Next = summary.HowToGoOn },
                Cutover = summary.Cutover,
                Passes = PassesUpTo(open.Job, open.Progress.Sync!.Id, open.Progress.Sync.Started.Terms, store),
                CutoverSeconds = null,
            });
        }
        catch (StorageException e)
        {
            around.View.Say($"{open.Job.Migration.Name}: {e.Message}");
        }
    }

    private static ReportDocument DocumentOf(Job job, string id, RunStore store, Func<string, Plan> planIn, Surroundings around)
    {
        var (read, now) = (RunReading.Of(job, id, store, planIn, around), around.Time.GetUtcNow());
        var passes = PassesUpTo(job, id, read.Run.Started.Terms, store);
        return ReportOf.Run(read.Plan!, read.Run, read.Events, read.Status, read.Folder, now, Equipping.Program) with
        {
            Passes = passes,
            CutoverSeconds = ReportedPasses.NextSeconds(passes, now),
        };
    }

    // What is no pass itself has none before it.
    private static ImmutableArray<ReportPass> PassesUpTo(Job job, string id, RunTerms terms, RunStore store) =>
    [
        .. store.PassesOf(job.Migration.Name).SkipWhile(pass => pass != id).Take(MostPasses).Reverse()
            .Select(pass => ReportedPasses.Of(pass, store.EventsOf(pass), terms)).OfType<ReportPass>(),
    ];

    // What is across is across: that its report cannot be written is worth a line.
    private static void Write(RunSession session, Surroundings around)
    {
        try
        {
            using var store = RunStore.Open(session.Job.Folders.Store, around.Time);
            var report = DocumentOf(session.Job, session.Run.Id, store, _ => session.Plan, around);
            ReportFiles.Write(session.Planned.Folder, report);
            foreach (var line in PassText.Lines(session.Job.Cutover is null ? report : report with { CutoverSeconds = null })) around.View.Say(line);
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

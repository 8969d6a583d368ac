using QSplit.CmdScripts;
using QSplit.Manifests;
using QSplit.Reports;

namespace QSplit.Stages;

/// <summary>Writes for people what a plan is: <c>plan.md</c> beside it, and the report of it.</summary>
internal static class WritePlan
{
    public const string FileName = "plan.md";

    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static void Run(Planned planned, Surroundings around)
    {
        var path = Path.Combine(planned.Folder, FileName);
        try
        {
            File.WriteAllText(path, PlanMarkdown.Write(planned.Plan, planned.Last));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be written: {e.Message} Free some room or mend the permissions there, then plan again.", e);
        }
        // What carries a plan out where rsync does not.
        var migration = planned.Job.Migration;
        if (planned.Plan.Mover == MoverKind.Robocopy) HandScripts.Write(planned.Folder, planned.Plan, planned.SourceRoot, migration.Mounts.Target, migration.Options, migration.LeaveOut);
        WriteReport.OfPlan(planned, around);
    }
}

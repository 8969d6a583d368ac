using QSplit.Cutovers;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>All that can be read of a run from outside, at one moment.</summary>
/// <param name="Plan">What it carries out; null when it cannot be read, or nobody asked.</param>
internal sealed record RunReading(RunState Run, IReadOnlyList<TimedEvent> Events, Plan? Plan, RunStatus Status, string Folder)
{
    /// <param name="planIn">Reads the plan in the run's folder.</param>
    public static RunReading Of(Job job, string id, RunStore store, Func<string, Plan?> planIn, Surroundings around)
    {
        var (name, folder) = (job.Migration.Name, job.Folders.OfRun(id));
        // What the controller said is read before the events: what ends in between is seen to have ended.
        var said = ProgressFile.Read(folder);
        var events = store.EventsOf(id);
        var run = RunState.From(id, events.Select(e => e.Happened))!;
        var plan = planIn(folder);
        // A sync takes the place of the copy, or of the sync, before it.
        var ofItsKind = run.Started.Mode is RunMode.Copy or RunMode.Sync ? store.PassesOf(name) : store.RunsOf(name, run.Started.Mode);
        var command = ofItsKind[0] == id ? CommandOf(job, run, store) : null;
        var status = StatusOf.Run(name, run, plan, said, folder, command, around.Time.GetUtcNow());
        if (run.IsFinished && OfCutover(job, run, command) is var (next, isSignedOff))
            status = status with { Next = next, IsWell = status.IsWell == true && isSignedOff };
        return new(run, events, plan, status, folder);
    }

    // A step that is done is not all of it.
    private static (string Next, bool IsSignedOff)? OfCutover(Job job, RunState run, string? command) =>
        run.Started.Cutover.Length == 0 || command is null ? null
        : CutoverFile.Read(job.Folders.OfRun(run.Started.Cutover))?.SignedOff is { } ended ? ($"Cutover {run.Started.Cutover} is signed off: sha256:{ended.Digest}", true)
        : ($"To go on with cutover {run.Started.Cutover}: {command}", false);

    private static string CommandOf(Job job, RunState run, RunStore store) =>
        run is { IsDryRun: true, IsFinished: true, Started.Cutover: "" } ? job.CommandOf(After(run, store)) : job.CommandOf(run);

    // What comes after a dry run is a run: the first copy, or one of what changed since.
    private static RunMode After(RunState dryRun, RunStore store) =>
        store.PassesOf(dryRun.Started.Migration) is [var last, ..] && store.Load(last) is { IsFinished: true, Started.Terms: var terms } && terms.DifferencesTo(dryRun.Started.Terms).Count == 0
            ? RunMode.Sync
            : RunMode.Copy;
}

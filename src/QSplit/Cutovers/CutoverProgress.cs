using QSplit.Manifests;
using QSplit.Runs;

namespace QSplit.Cutovers;

/// <summary>How far a cutover is, from the runs of its migration: pure. What a newer run has made void counts no more.</summary>
/// <param name="Sync">Its last pass; null before that, or where a later pass has taken its place.</param>
/// <param name="Deletes">The run that deletes what that pass found only on the target; null where none was begun.</param>
/// <param name="Verify">The verification of what is on the target now, as the manifest wants it; null where none was begun, or something was written since.</param>
internal sealed record CutoverProgress(RunState? Sync, RunState? Deletes, RunState? Verify)
{
    /// <summary>The run that made the list of what is only on the target complete; null where none was begun, or none is needed.</summary>
    public RunState? Look { get; init; }

    /// <param name="cutover">Its id.</param>
    /// <param name="by">What of the content the manifest wants to be compared.</param>
    /// <param name="newestFirst">The runs of its migration; older ones than its last pass may be left out.</param>
    public static CutoverProgress Of(string cutover, VerifyBy by, IReadOnlyList<RunState> newestFirst)
    {
        var pass = newestFirst.FirstOrDefault(run => run.Started.Mode is RunMode.Copy or RunMode.Sync);
        if (pass?.Started.Cutover != cutover) return new(null, null, null);
        var since = newestFirst.TakeWhile(run => run != pass).ToList();
        bool IsStep(RunState run, RunMode mode) => run.Started.Mode == mode && run.Started.Of == pass.Id && run.Started.Cutover == cutover;
        return new(
            pass,
            since.FirstOrDefault(run => IsStep(run, RunMode.Delete)),
            since.TakeWhile(run => !run.Copies).FirstOrDefault(run => IsStep(run, RunMode.Verify) && run.Started.Check is { Sample: 1 } check && check.By == by))
        {
            Look = since.FirstOrDefault(run => IsStep(run, RunMode.Look)),
        };
    }

    /// <summary>Whether the last pass is across.</summary>
    public bool IsSynced => Sync is { IsFinished: true };

    /// <summary>Whether the target was compared as it is now, with a source from which nothing went meanwhile.</summary>
    public bool IsVerified => Verify is { IsFinished: true, Vanished: 0 };
}

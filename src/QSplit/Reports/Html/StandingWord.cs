namespace QSplit.Reports.Html;

/// <summary>Where a report's subject stands, in a word and a drawing.</summary>
/// <param name="Icon">See <see cref="Icons"/>.</param>
internal sealed record StandingWord(string Icon, string Word)
{
    public static StandingWord Of(ReportDocument document) => (document.Kind, document.Status) switch
    {
        (_, { State: RunStanding.Running }) => new("running", "Running"),
        (ReportKind.Cutover, { State: RunStanding.Finished }) => new("done", "Signed off"),
        (ReportKind.Verification, { State: RunStanding.Finished }) => document.Verification is { Differences.IsEmpty: false } ? new("failed", "Different") : new("done", "Alike"),
        (_, { State: RunStanding.Finished }) => new("done", "Finished"),
        (_, { State: RunStanding.Stopped, Failures.IsDefaultOrEmpty: false }) => new("failed", "Stopped with failures"),
        (_, { State: RunStanding.Stopped }) => new("stopped", "Stopped"),
        (ReportKind.Plan, _) => new("left", "Planned"),
        _ => new("left", "Not begun"),
    };
}

using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>The checklist of a cutover, and what somebody accepted.</summary>
internal static class CutoverSection
{
    private static readonly HtmlTable Steps = new([new("Step"), new("State"), new("What came of it", "wide")], "step", "steps", Shown: 20);

    private static readonly HtmlTable Accepted = new([new("Accepted", "wide"), new("Why", "wide"), new("By"), new("When")], "exception", "exceptions", Shown: 20, IsStacked: true);

    public static Markup Of(ReportCutover? cutover) => cutover is null ? Markup.Nothing : Section.Of(
        "cutover",
        "Steps of the cutover",
        cutover.Digest is { } digest ? Markup.Of($"The digest of all evidence is <code>sha256:{Figure.Of("cutover.digest", digest)}</code>.") : Markup.Nothing,
        Markup.Of($"{Steps.Of(cutover.Steps, Step)}{Accepted.Of(cutover.Accepted, Exception)}"));

    private static ImmutableArray<Markup> Step(CutoverItem step, int index) =>
    [
        Figure.Of($"cutover.steps[{index}].name", step.Name),
        step.Standing switch
        {
            CutoverStanding.Done => Icons.Badge("done", Markup.Of($"done")),
            CutoverStanding.Open => Icons.Badge("failed", Markup.Of($"open")),
            _ => Icons.Badge("left", Markup.Of($"waits")),
        },
        Figure.Of($"cutover.steps[{index}].words", step.Words),
    ];

    private static ImmutableArray<Markup> Exception(ReportAcceptance accepted, int index)
    {
        var path = $"cutover.accepted[{index}]";
        return
        [
            Figure.Of($"{path}.what", accepted.What),
            Figure.Of($"{path}.reason", accepted.Reason),
            Figure.Of($"{path}.by", accepted.By),
            Figure.Of($"{path}.at", accepted.At, Moments.Full(accepted.At)),
        ];
    }
}

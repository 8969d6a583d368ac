namespace QSplit.Reports.Html;

/// <summary>What is drawn in a lane. How an attempt ended is told by its filling and by a mark, never by colour alone.</summary>
internal static class GanttBar
{
    private const int LongestReason = 240;

    /// <summary><c>done</c>, <c>failed</c>, <c>cut</c> (interrupted, or its controller died) or <c>running</c>: by this the style sheet paints it.</summary>
    public static string Kind(string outcome) => outcome switch
    {
        "succeeded" => "done",
        "running" => "running",
        "interrupted" or "lost" => "cut",
        _ => "failed",
    };

    /// <param name="x">In percent of the width, as <paramref name="width"/>.</param>
    /// <param name="isNumbered">Whether the bucket's number is written into bars that have room for it.</param>
    public static Markup Of(LaneBar bar, double x, double width, DateTimeOffset day, bool isNumbered)
    {
        var kind = bar.Kind;
        // One that follows at once stays apart.
        if (width > 0.5) width -= 0.12;
        var begin = Markup.Of($"<rect class=\"{kind}\" x=\"{x}%\" width=\"{Math.Max(0.04, width)}%\"");
        if (bar.Attempts is not [var (index, attempt, _)]) return Markup.Of($"{begin}><title>{Tip(bar, day)}</title></rect>");
        return Markup.Of($"""
            {begin}{Figure.Attributes($"run.attempts[{index}].movedBytes", attempt.MovedBytes)}><title>{Tip(attempt, day)}</title></rect>{(isNumbered ? Number(attempt, x, width) : Markup.Nothing)}{(attempt.Attempt > 1 ? Mark("again", kind, x) : Markup.Nothing)}
            """);
    }

    /// <summary>What is drawn over all bars of a lane: how one ended that did not end well.</summary>
    public static Markup End(LaneBar bar, double x) => bar.Kind is ("failed" or "cut") and var kind ? Mark(kind, kind, x) : Markup.Nothing;

    private static Markup Tip(ReportAttempt attempt, DateTimeOffset day)
    {
        var end = attempt.Ended is { } ended ? $" to {Moments.Short(ended, day)}, {Humane.Duration(ended - attempt.Began)}" : attempt.Outcome == "running" ? ", still running" : ", end not known";
        return Markup.Of($"""
            {attempt.Work}{(attempt.Attempt > 1 ? $", attempt {attempt.Attempt}" : "")} on {attempt.Host}/{attempt.Slot}
            {Moments.Short(attempt.Began, day)}{end}
            {attempt.Outcome}: {Humane.Bytes(attempt.MovedBytes)}{(attempt.Reason is { Length: > 0 } reason ? Markup.Of($"\n{Short(reason)}") : Markup.Nothing)}
            """);
    }

    private static Markup Tip(LaneBar bar, DateTimeOffset day)
    {
        var first = bar.Attempts[0].Attempt;
        var failures = bar.Attempts.Count(item => item.Attempt.Reason is not null);
        return Markup.Of($"""
            {Humane.Count(bar.Attempts.Length)} attempts on {first.Host}/{first.Slot}{(failures > 0 ? $", {Humane.Count(failures)} of them not done" : "")}
            {Moments.Short(bar.Begin, day)} to {Moments.Short(bar.End, day)}
            {Humane.Bytes(bar.Attempts.Sum(item => item.Attempt.MovedBytes))}
            """);
    }

    private static string Short(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason] + "…";

    // A chart is 640 pixels wide at least.
    private static Markup Number(ReportAttempt attempt, double x, double width)
    {
        var label = attempt.Bucket is { } bucket ? $"{bucket}" : attempt.Work;
        return TextWidth.Of(label, 10) + 8 > width * 6.4 ? Markup.Nothing : Markup.Of($"<text class=\"{Kind(attempt.Outcome)}\" x=\"{x}%\" dx=\"{(attempt.Attempt > 1 ? 9 : 4)}\" y=\"11\">{label}</text>");
    }

    private static Markup Mark(string mark, string kind, double x) => Markup.Of($"<use class=\"{kind}\" href=\"#m-{mark}\" x=\"{x}%\"/>");
}

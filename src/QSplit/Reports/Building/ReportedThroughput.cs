using System.Collections.Immutable;

namespace QSplit.Reports.Building;

/// <summary>What went across over time: the bytes of each attempt that ended, spread evenly from its begin to its end.</summary>
internal static class ReportedThroughput
{
    private const int MostSteps = 120;
    private const double ShortestStep = 0.1;

    /// <returns>At most 120 even steps of a tenth of a second or more; empty where no attempt ended or no time passed.</returns>
    public static ImmutableArray<ReportRate> Of(IReadOnlyList<TimedAttempt> attempts, DateTimeOffset began, DateTimeOffset ended)
    {
        var span = (ended - began).TotalSeconds;
        if (span <= 0 || attempts.All(attempt => attempt.End is null)) return [];
        var bytes = new double[(int)Math.Clamp(span / ShortestStep, 1, MostSteps)];
        var step = span / bytes.Length;
        foreach (var attempt in attempts)
            if (attempt is { Ended: { } end, End.Moved.Bytes: var moved }) Spread(bytes, (attempt.Began - began).TotalSeconds / step, (end - began).TotalSeconds / step, moved);
        return [.. bytes.Select((amount, n) => new ReportRate(began.AddSeconds(n * step), step, amount / step))];
    }

    // A clock may be set back in between, also before the begin.
    private static void Spread(double[] steps, double from, double to, double amount)
    {
        (from, to) = (Math.Clamp(from, 0, steps.Length), Math.Clamp(to, 0, steps.Length));
        if (to - from < 1e-9)
        {
            steps[Math.Min((int)to, steps.Length - 1)] += amount;
            return;
        }
        for (var n = (int)from; n < steps.Length && n < to; n++) steps[n] += amount * (Math.Min(to, n + 1) - Math.Max(from, n)) / (to - from);
    }
}

using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>Learns a <see cref="CostModel"/> from what earlier runs took.</summary>
public static class CostLearning
{
    private const int FewestSamples = 4;

    // Outside of these a clock jumped, or an attempt had nothing to move: no storage is like that.
    private const double SlowestRate = 1e6, FastestRate = 100e9, LeastPerEntry = 1e-6, MostPerEntry = 1;

    // Samples whose bytes and entries keep nearly one ratio (as balanced buckets do) say what both cost together, not what each does.
    private const double LeastIndependence = 1e-3;

    /// <summary>
    /// The model whose estimates are nearest to what finished attempts took (non-negative least squares); the default where there are fewer than
    /// four, and the default scaled where they cannot tell the cost of a byte from that of an entry.
    /// </summary>
    /// <param name="attempts">What each moved and how long it took; those that moved nothing or took no time are left out.</param>
    public static CostModel Learn(BalanceBy by, IEnumerable<(Totals Copied, TimeSpan Took)> attempts)
    {
        var samples = attempts.Where(a => a.Took > TimeSpan.Zero && a.Copied is { Bytes: >= 0, Entries: > 0 })
            .Select(a => (Bytes: (double)a.Copied.Bytes, Entries: (double)a.Copied.Entries, Seconds: a.Took.TotalSeconds)).ToArray();
        var fallback = CostModel.Default(by);
        if (samples.Length < FewestSamples) return fallback;

        var (perByte, perEntry) = Fit(samples) ?? Scale(samples, fallback);
        return new(by, Math.Clamp(1 / perByte, SlowestRate, FastestRate), Math.Clamp(perEntry, LeastPerEntry, MostPerEntry));
    }

    private static (double PerByte, double PerEntry)? Fit((double Bytes, double Entries, double Seconds)[] samples)
    {
        var bb = samples.Sum(s => s.Bytes * s.Bytes);
        var be = samples.Sum(s => s.Bytes * s.Entries);
        var ee = samples.Sum(s => s.Entries * s.Entries);
        var bs = samples.Sum(s => s.Bytes * s.Seconds);
        var es = samples.Sum(s => s.Entries * s.Seconds);
        var determinant = (bb * ee) - (be * be);
        if (determinant <= LeastIndependence * bb * ee) return null;

        var perByte = ((bs * ee) - (es * be)) / determinant;
        var perEntry = ((es * bb) - (bs * be)) / determinant;
        // With two unknowns the non-negative optimum is the free one, or lies on the axis that it left.
        return perByte < 0 ? (0, es / ee) : perEntry < 0 ? (bs / bb, 0) : (perByte, perEntry);
    }

    private static (double PerByte, double PerEntry) Scale((double Bytes, double Entries, double Seconds)[] samples, CostModel model)
    {
        var expected = samples.Select(s => (s.Bytes / model.BytesPerSecond) + (s.Entries * model.SecondsPerEntry)).ToArray();
        var factor = expected.Zip(samples, (e, s) => e * s.Seconds).Sum() / expected.Sum(e => e * e);
        return (factor / model.BytesPerSecond, factor * model.SecondsPerEntry);
    }
}

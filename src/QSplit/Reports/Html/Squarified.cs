using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>Divides a frame among weights by area, in pieces as square as can be: Bruls, Huizing, van Wijk, "Squarified Treemaps" (2000).</summary>
internal static class Squarified
{
    /// <summary>A frame for each weight, in the order given; of no area where a weight is 0.</summary>
    /// <param name="weights">Not negative, the heaviest first: other orders are divided as truly, but in longer pieces.</param>
    public static ImmutableArray<Frame> Divide(Frame frame, IReadOnlyList<double> weights)
    {
        var frames = ImmutableArray.CreateBuilder<Frame>(weights.Count);
        var left = weights.Sum();
        var rest = frame;
        for (var first = 0; first < weights.Count;)
        {
            var scale = left > 0 ? rest.Area / left : 0;
            var count = RowLength(weights, first, scale, Math.Min(rest.Width, rest.Height));
            var row = weights.Skip(first).Take(count).ToArray();
            var sum = row.Sum();
            rest = Lay(frames, row, sum, rest, share: left > 0 ? sum / left : 0);
            left -= sum;
            first += count;
        }
        return frames.ToImmutable();
    }

    // A row takes one more as long as its worst piece does not get longer by that.
    private static int RowLength(IReadOnlyList<double> weights, int first, double scale, double side)
    {
        var (count, sum) = (1, weights[first] * scale);
        var (most, least) = (sum, sum);
        var worst = Worst(most, least, sum, side);
        for (var next = first + 1; next < weights.Count; next++, count++)
        {
            var area = weights[next] * scale;
            (most, least) = (Math.Max(most, area), Math.Min(least, area));
            var then = Worst(most, least, sum + area, side);
            if (then > worst) break;
            (worst, sum) = (then, sum + area);
        }
        return count;
    }

    private static double Worst(double most, double least, double sum, double side) =>
        least <= 0 || side <= 0 ? double.PositiveInfinity : Math.Max(side * side * most / (sum * sum), sum * sum / (side * side * least));

    // Along the shorter side; what is left of the frame comes back.
    private static Frame Lay(ImmutableArray<Frame>.Builder frames, double[] row, double sum, Frame rest, double share)
    {
        var isWide = rest.Width >= rest.Height;
        var depth = (isWide ? rest.Width : rest.Height) * Math.Min(1, share);
        var along = 0.0;
        foreach (var weight in row)
        {
            var length = sum > 0 ? (isWide ? rest.Height : rest.Width) * weight / sum : 0;
            frames.Add(isWide ? new(rest.X, rest.Y + along, depth, length) : new(rest.X + along, rest.Y, length, depth));
            along += length;
        }
        return isWide
            ? rest with { X = rest.X + depth, Width = Math.Max(0, rest.Width - depth) }
            : rest with { Y = rest.Y + depth, Height = Math.Max(0, rest.Height - depth) };
    }
}

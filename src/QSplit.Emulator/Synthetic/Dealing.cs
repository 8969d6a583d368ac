namespace QSplit.Emulator.Synthetic;

/// <summary>Deals a whole number out by weights, so that nothing is left and nothing is lost.</summary>
internal static class Dealing
{
    /// <summary>
    /// Shares that sum to <paramref name="total"/> exactly, each less than one away from its part by weight: a share is how far the rounded running
    /// sum went. A weight of 0 gets nothing.
    /// </summary>
    /// <exception cref="ArgumentException">There is something to deal, and all weights are 0.</exception>
    public static long[] Deal(long total, ReadOnlySpan<UInt128> weights)
    {
        UInt128 all = 0;
        foreach (var weight in weights) all += weight;
        var shares = new long[weights.Length];
        if (all == 0) return total == 0 ? shares : throw new ArgumentException($"There is nobody to deal {total} to.", nameof(weights));

        UInt128 passed = 0;
        var dealt = 0L;
        for (var i = 0; i < weights.Length; i++)
        {
            passed += weights[i];
            var due = (long)((UInt128)total * passed / all);
            shares[i] = due - dealt;
            dealt = due;
        }
        return shares;
    }

    /// <summary>Takes from shares what is over their limits, and gives it to those that have room, the first ones first.</summary>
    public static void Limit(Span<long> shares, Func<int, long> limitOf)
    {
        var over = 0L;
        for (var i = 0; i < shares.Length; i++)
        {
            var limit = limitOf(i);
            if (shares[i] <= limit) continue;
            over += shares[i] - limit;
            shares[i] = limit;
        }
        for (var i = 0; i < shares.Length && over > 0; i++)
        {
            var room = Math.Min(over, limitOf(i) - shares[i]);
            shares[i] += room;
            over -= room;
        }
    }
}

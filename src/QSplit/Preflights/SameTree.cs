namespace QSplit.Preflights;

/// <summary>Whether hosts see the same source: pure.</summary>
internal static class SameTree
{
    // A live tree changes while hosts look: what was changed since, or shortly before, says nothing. Seconds.
    private const long Lately = 3600;

    // Each is compared with all: some of a thousand hosts are enough to choose from.
    private const int MostCandidates = 16;

    /// <summary>The host that agrees with most of the others, whom all are compared with; null without any.</summary>
    public static HostFacts? Reference(IReadOnlyCollection<HostFacts> all) => all.Take(MostCandidates).MaxBy(one => all.Count(other => WhyNot(other, one) is null));

    /// <summary>Why a host does not see the tree that <paramref name="reference"/> sees; null when it does, or that cannot be told.</summary>
    public static Finding? WhyNot(HostFacts facts, HostFacts reference)
    {
        if (facts.Lacks.Contains("stat") || reference.Lacks.Contains("stat")) return null;
        var keys = facts.Seen.Keys.Union(reference.Seen.Keys).Order(StringComparer.Ordinal).ToList();
        var differ = keys.Where(key => Differs(facts, reference, key)).ToList();
        if (differ.Count * 2 <= keys.Count) return null;
        return Finding.Problem(
            $"It sees another tree at {facts.Source} than {reference.Host} does at {reference.Source}: {differ.Count} of {keys.Count} entries that were looked at differ, first ./{differ[0]}. Is it mounted, and is it the same file system?");
    }

    private static bool Differs(HostFacts left, HostFacts right, string key)
    {
        var (isLeft, isRight) = (left.Seen.TryGetValue(key, out var one), right.Seen.TryGetValue(key, out var other));
        if (!isLeft || !isRight) return isLeft != isRight;
        if (one.Kind != other.Kind) return true;
        return one != other && Math.Max(one.Changed, other.Changed) <= Since(left, right);
    }

    // One of the two may have looked days before the other.
    private static long Since(HostFacts left, HostFacts right) => left.Clock > 0 && right.Clock > 0 ? Math.Min(left.Clock, right.Clock) - Lately : long.MaxValue;
}

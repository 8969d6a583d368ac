using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace QSplit.Telemetry;

/// <summary>Tells an up-down counter the differences to what it was told before.</summary>
/// <param name="attribute">What its values are told apart by.</param>
/// <param name="common">Attributes of all of them.</param>
internal sealed class LevelCounter(UpDownCounter<long> counter, string attribute, TagList common)
{
    private readonly Dictionary<string, long> _told = [];

    /// <summary>From now on there is that, and of all else nothing.</summary>
    public void Is(IReadOnlyDictionary<string, long> now)
    {
        foreach (var key in _told.Keys.Union(now.Keys).ToList()) Change(key, now.GetValueOrDefault(key) - _told.GetValueOrDefault(key));
    }

    public void Change(string key, long difference)
    {
        _told[key] = _told.GetValueOrDefault(key) + difference;
        if (difference != 0) counter.Add(difference, [.. common, new(attribute, key)]);
    }
}

using System.Diagnostics.Metrics;

namespace QSplit.Tests.Telemetry;

/// <summary>One measurement, as a listener is given it.</summary>
internal sealed record Measurement(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);

/// <summary>Listens to what is measured of one migration; others run in the same process.</summary>
internal sealed class Measured : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly List<Measurement> _all = [];
    private readonly string _migration;

    public Measured(string migration)
    {
        _migration = migration;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "QSplit") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Measurement> All
    {
        get
        {
            lock (_gate) return [.. _all];
        }
    }

    public IEnumerable<double> Of(string instrument, string? tag = null, object? value = null) =>
        All.Where(m => m.Instrument == instrument && (tag is null || Equals(m.Tags.GetValueOrDefault(tag), value))).Select(m => m.Value);

    public double Sum(string instrument, string? tag = null, object? value = null) => Of(instrument, tag, value).Sum();

    /// <summary>The sums by the value of a tag, without those that are 0: <c>done 2, left 1</c>.</summary>
    public string By(string tag, string instrument) => string.Join(", ", All
        .Where(m => m.Instrument == instrument)
        .GroupBy(m => $"{m.Tags.GetValueOrDefault(tag)}")
        .Select(g => (g.Key, Sum: g.Sum(m => m.Value)))
        .Where(g => g.Sum != 0)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => $"{g.Key} {g.Sum}"));

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var measurement = new Measurement(instrument.Name, value, tags.ToArray().ToDictionary());
        if (!Equals(measurement.Tags.GetValueOrDefault("qsplit.migration"), _migration)) return;
        lock (_gate) _all.Add(measurement);
    }
}

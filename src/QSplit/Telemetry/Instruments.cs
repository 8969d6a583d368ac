using System.Diagnostics.Metrics;
using QSplit.Pipes;

namespace QSplit.Telemetry;

/// <summary>
/// What can be measured of a run, on meter QSplit: names and units by https://opentelemetry.io/docs/specs/semconv/general/metrics/.
/// Nothing here is asked from outside: each is told what happens, so that the last word of a run that has ended is still there for the last export.
/// </summary>
internal static class Instruments
{
    // From a tenth of a second, which is what starting costs, to four hours.
    private static readonly InstrumentAdvice<double> Durations = new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400] };

    private static readonly Meter Meter = new(Spans.Source.Name, Spans.Source.Version);

    public static readonly Counter<long> Bytes = Meter.CreateCounter<long>("qsplit.bytes", "By", "Logical bytes of file content gone across, as they go.");

    public static readonly Counter<long> Files = Meter.CreateCounter<long>("qsplit.files", "{file}", "Regular files whose content was transferred, told when an attempt ends.");

    public static readonly Counter<long> Created = Meter.CreateCounter<long>("qsplit.entries.created", "{entry}", "Entries that were not on the target before, told when an attempt ends.");

    public static readonly UpDownCounter<long> Buckets = Meter.CreateUpDownCounter<long>("qsplit.buckets", "{bucket}", "Buckets of the plan, by state: left, running, done, failed.");

    public static readonly Gauge<double> Rate = Meter.CreateGauge<double>("qsplit.rate", "By/s", "Planned bytes that get done, over the last minute.");

    public static readonly Counter<long> Attempts = Meter.CreateCounter<long>("qsplit.attempts", "{attempt}", "Attempts that ended, by outcome.");

    public static readonly Counter<long> Retries = Meter.CreateCounter<long>("qsplit.retries", "{attempt}", "Attempts that were begun because one before them had failed.");

    public static readonly Histogram<double> AttemptDuration = Meter.CreateHistogram("qsplit.attempt.duration", "s", "How long attempts took, by outcome.", advice: Durations);

    public static readonly UpDownCounter<long> Hosts = Meter.CreateUpDownCounter<long>("qsplit.hosts", "{host}", "Hosts of the run, by state: well, set_aside, drained.");

    public static readonly UpDownCounter<long> SlotsBusy = Meter.CreateUpDownCounter<long>("qsplit.host.slots.busy", "{slot}", "Slots on which an attempt runs.");

    public static readonly UpDownCounter<long> SlotsUsable = Meter.CreateUpDownCounter<long>("qsplit.host.slots.usable", "{slot}", "Slots that get work: none while the host is set aside or drained.");
}

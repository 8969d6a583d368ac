using System.Diagnostics.Tracing;

namespace QSplit.Tasks.Telemetry;

/// <summary>Hears when an export goes wrong, and says so once. The exporter tells it to such listeners only, with headers and addresses in its words: those are not repeated.</summary>
internal sealed class OtlpTrouble(string where, Action<string> warn) : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
    private int _said;

    /// <summary>Says that not all was or will be heard by whom it is for, unless that was said before.</summary>
    /// <param name="why">In a few words.</param>
    public void Say(string why)
    {
        if (Interlocked.Exchange(ref _said, 1) == 0)
            warn($"Telemetry does not all arrive at {where} ({why}): look whether a collector listens there, with the same protocol. Migrations go on without it; this is said once.");
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter) EnableEvents(eventSource, EventLevel.Warning);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => Say(eventData.EventName ?? "unknown trouble");
}

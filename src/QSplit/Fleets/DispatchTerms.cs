using System.Collections.Immutable;
using QSplit.Manifests;

namespace QSplit.Fleets;

/// <summary>One host as the dispatcher sees it.</summary>
/// <param name="Slots">How many rsyncs run on it at once, 1 or more.</param>
/// <param name="Drains">Whether it is to finish what it has and get nothing new.</param>
/// <param name="BytesPerSecond">What all its slots together may move; null is no limit.</param>
internal sealed record HostTerms(string Name, int Slots, bool Drains, long? BytesPerSecond);

/// <summary>What the manifest says of how work is handed out; replaced as a whole when the manifest is read again.</summary>
/// <param name="BytesPerSecond">What all hosts together may move; null is no limit.</param>
/// <param name="Patience">How long to wait for a host when none is left.</param>
/// <param name="Window">When work may be done; null is always.</param>
internal sealed record DispatchTerms(ImmutableArray<HostTerms> Hosts, long? BytesPerSecond, TimeSpan Patience, DailyWindow? Window);

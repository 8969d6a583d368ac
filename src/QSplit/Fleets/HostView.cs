namespace QSplit.Fleets;

/// <summary>One host as a view shows it.</summary>
/// <param name="Busy">How many rsyncs run on it; more than <paramref name="Slots"/> when it was given fewer meanwhile.</param>
/// <param name="Why">Why it is set aside, or was until it got the attempt it is tried with; null when it is well or not yet looked at.</param>
/// <param name="Until">When it is probed next; null when it is well, is being probed, or is tried with one attempt.</param>
internal sealed record HostView(string Name, int Slots, int Busy, string? Why, DateTimeOffset? Until, bool Drains);

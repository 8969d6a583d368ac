namespace QSplit.Reports;

/// <summary>A host of a run at one moment.</summary>
/// <param name="Name">Its name in the manifest.</param>
/// <param name="Slots">How many rsyncs it runs at once.</param>
/// <param name="Busy">How many buckets run on it now.</param>
/// <param name="SetAside">Why it gets no work until it is found well again; null when it gets some.</param>
/// <param name="Until">When it is looked at again; null when it is not set aside, or that is not known.</param>
/// <param name="Drains">Whether it gets no new buckets because the manifest says so.</param>
public sealed record HostRow(string Name, int Slots, int Busy, string? SetAside, DateTimeOffset? Until, bool Drains);

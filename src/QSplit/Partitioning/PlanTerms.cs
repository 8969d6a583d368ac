namespace QSplit.Partitioning;

/// <summary>What the manifest said of the migration when it was planned. A plan is carried out only under the same terms.</summary>
/// <param name="Manifest">The file, as the user named it; empty for a source that the command line named.</param>
/// <param name="Sha256">Of the file's bytes, in hexadecimal; where it came from can be proved by it. Empty as <paramref name="Manifest"/>.</param>
/// <param name="Source">Absolute path of the mounted source.</param>
/// <param name="Target">Absolute path of the mounted target.</param>
/// <param name="Options">The mover's options and the names left out, as one line.</param>
/// <param name="Tree">What was planned, where that is not the mounted source itself: cluster, path and which snapshot.</param>
public sealed record PlanTerms(string Manifest, string Sha256, string Source, string Target, string Options, string Tree);

/// <summary>How long a whole run is expected to take.</summary>
/// <param name="Elapsed">From its first bucket to its last, while its window is open.</param>
/// <param name="Calendar">The same with the hours in which its window is shut; the same as <paramref name="Elapsed"/> without a window.</param>
/// <param name="Slots">How many rsyncs run at once.</param>
/// <param name="Hosts">Those that were counted on, in the manifest's order.</param>
/// <param name="Limit">What decides it: <c>slots</c> or <c>bandwidth</c>.</param>
public sealed record RunEstimate(TimeSpan Elapsed, TimeSpan Calendar, int Slots, System.Collections.Immutable.ImmutableArray<string> Hosts, string Limit);

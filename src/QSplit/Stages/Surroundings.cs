using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Notices;
using QSplit.Reports;
using QSplit.Transports;

namespace QSplit.Stages;

/// <summary>All that a pipeline touches of the world around it; made once, at the edge of the program.</summary>
/// <param name="Environment">The variables of the process.</param>
/// <param name="Directory">What relative paths on the command line are relative to.</param>
/// <param name="Clusters">The clusters of the manifest, signed in to when they are first asked.</param>
/// <param name="Hosts">The hosts of the manifest, connected to when they are first used.</param>
/// <param name="Reloads">Wishes that the manifest be read again.</param>
/// <param name="Post">The way to webhooks.</param>
/// <param name="Controller">Who runs this, for another controller that would: host, process and since when.</param>
public sealed record Surroundings(
    TimeProvider Time,
    ImmutableDictionary<string, string> Environment,
    string Directory,
    string Controller,
    IRunView View,
    ClusterConnections Clusters,
    HostConnections Hosts,
    Reloads Reloads,
    WebhookPost Post);

using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Runs;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>What a cluster told of changes.</summary>
/// <param name="Location">Of what is copied from.</param>
/// <param name="Now">What they led to: tells how large it is.</param>
/// <param name="Before">What they began with, the view of the last pass last; empty where nobody knows.</param>
/// <param name="View">What is copied from; null where that is what is there now.</param>
internal sealed record ToldChanges(ImmutableArray<ClusterChange> Changes, string Location, ITreeSource Now, ImmutableArray<ITreeSource> Before, ClusterSnapshot? View, SyncBasis Basis);

using System.Collections.Immutable;

namespace QSplit.Manifests;

/// <summary>Where the hosts see both trees; both in full.</summary>
/// <param name="Source">Where those see the source that nothing else is said of.</param>
/// <param name="Target">Where those see the target.</param>
/// <param name="Otherwise">By name, the hosts that see them elsewhere; null is none.</param>
public sealed record Mounts(string Source, string Target, ImmutableDictionary<string, HostMounts>? Otherwise = null)
{
    /// <summary>By name, the hosts that see the trees elsewhere; empty is none.</summary>
    public ImmutableDictionary<string, HostMounts> Otherwise { get; init; } = Otherwise ?? ImmutableDictionary<string, HostMounts>.Empty;

    /// <summary>Where the host called <paramref name="host"/> sees both trees.</summary>
    public HostMounts On(string host) => Otherwise.GetValueOrDefault(host) ?? new(Source, Target);

    /// <summary>Whether both say the same of every host.</summary>
    public bool Equals(Mounts? other) =>
        other is not null
        && (Source, Target, Otherwise.Count) == (other.Source, other.Target, other.Otherwise.Count)
        && Otherwise.All(pair => other.Otherwise.GetValueOrDefault(pair.Key) == pair.Value);

    public override int GetHashCode() => HashCode.Combine(Source, Target, Otherwise.Count);
}

/// <summary>Where one host sees both trees; both in full.</summary>
public sealed record HostMounts(string Source, string Target);

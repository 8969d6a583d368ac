using System.Collections.Immutable;

namespace QSplit.Fleets;

/// <summary>The hosts on which a piece of work failed. Equal when they are the same ones.</summary>
internal sealed record AvoidedHosts
{
    public static readonly AvoidedHosts None = new([]);
    private readonly string _key;

    private AvoidedHosts(ImmutableSortedSet<string> names) => (Names, _key) = (names, string.Join('\n', names));

    public ImmutableSortedSet<string> Names { get; }

    public AvoidedHosts Add(string? host) => host is null || Names.Contains(host) ? this : new(Names.Add(host));

    public bool Equals(AvoidedHosts? other) => other is not null && _key == other._key;

    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace QSplit.Manifests;

/// <summary>Mounts as they are written, and where the target is.</summary>
internal sealed record MountFields(string? Source, string Target, Place At, ImmutableArray<HostMountFields> On)
{
    /// <param name="source">Where the hosts see the source, be it said here or by the source itself.</param>
    public Mounts With(string source) => new(source, Target, On.ToImmutableDictionary(host => host.Host, host => host.Over(source, Target)));
}

/// <summary>What can be said of a migration's mounts.</summary>
internal static class MountKeys
{
    public static readonly ManifestKey<string> Source = Keys.Optional(
        "source", MigrationValues.Mount, "Where the hosts see the source; the source's own directory when it has one.");
    private static readonly ManifestKey<string> Target = Keys.Required("target", MigrationValues.Mount, "Where the hosts see the target.");
    private static readonly ManifestKey<ImmutableArray<HostMountFields>> On = Keys.Optional(
        "on", Lists.Named(HostMountKeys.Shape, least: 0), "By name, the hosts that see the source or the target elsewhere.", new JsonObject(), []);

    public static Shape<MountFields> Shape { get; } = new(
        [Source, Target, On], OneOf: [], _ => { }, fields => new(fields.Find(Source), fields.Get(Target), fields.At(Target), fields.Get(On)));
}

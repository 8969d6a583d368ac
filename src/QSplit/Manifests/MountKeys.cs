namespace QSplit.Manifests;

/// <summary>Mounts as they are written, and where the target is.</summary>
internal sealed record MountFields(string? Source, string Target, Place At);

/// <summary>What can be said of a migration's mounts.</summary>
internal static class MountKeys
{
    public static readonly ManifestKey<string> Source = Keys.Optional(
        "source", Scalars.Path, "Where the hosts see the source; the source's own directory when it has one.");
    private static readonly ManifestKey<string> Target = Keys.Required("target", Scalars.Path, "Where the hosts see the target.");

    public static Shape<MountFields> Shape { get; } = new([Source, Target], OneOf: [], _ => { }, fields => new(fields.Find(Source), fields.Get(Target), fields.At(Target)));
}

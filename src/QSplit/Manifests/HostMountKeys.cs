namespace QSplit.Manifests;

/// <summary>What is written of the mounts of one host: what is left out is where all see it.</summary>
internal sealed record HostMountFields(string Host, string? Source, string? Target, Place At)
{
    public HostMounts Over(string source, string target) => new(Source ?? source, Target ?? target);
}

/// <summary>What can be said of the mounts of one host.</summary>
internal static class HostMountKeys
{
    private static readonly ManifestKey<string> Source = Keys.Optional("source", MigrationValues.Mount, "Where this host sees the source; where all do when it is left out.");
    private static readonly ManifestKey<string> Target = Keys.Optional("target", MigrationValues.Mount, "Where this host sees the target; where all do when it is left out.");

    public static Shape<HostMountFields> Shape { get; } = new(
        [Source, Target],
        OneOf: [],
        fields =>
        {
            if (Scalars.WhyNotUnder("hosts", fields.Name, fields.Place) is { } whyNot) fields.Place.ReportAtKey(whyNot);
        },
        fields => new(fields.Name, fields.Find(Source), fields.Find(Target), fields.Place));
}

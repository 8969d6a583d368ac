using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace QSplit.Manifests;

/// <summary>What can be said of a migration.</summary>
internal static class MigrationKeys
{

    private static readonly ManifestKey<MigrationSource> From = Keys.Required(
        "source", SourceKeys.Shape.Value, "What is migrated: a mounted 'directory', or a 'path' on a 'cluster'.");
    private static readonly ManifestKey<MountFields> Mounts = Keys.Required("mounts", MountKeys.Shape.Value, "Where the hosts see the two trees.");
    private static readonly ManifestKey<ImmutableArray<string>> Hosts = Keys.Optional(
        "hosts", Lists.ListOf(Scalars.NameUnder("hosts")), "Names of the hosts that copy; with none, one rsync runs here.", new JsonArray(), []);
    private static readonly ManifestKey<Buckets> Buckets = Keys.Optional<Buckets>(
        "buckets", MigrationValues.Buckets, "Into how many pieces the tree is cut: 'auto' or a number.", "auto", new Buckets.Auto());
    private static readonly ManifestKey<BalanceBy> Balance = Keys.Optional(
        "balance", Scalars.Word<BalanceBy>(), "What is made even over the buckets: bytes, entries, or the seconds that both are expected to take.", "cost", BalanceBy.Cost);
    private static readonly ManifestKey<ImmutableArray<string>> Options = Keys.Optional(
        "options", Lists.ListOf(MigrationValues.Option), "Further options for what copies, each one item, such as --hard-links or --chmod=g+w; for robocopy such as /MT:16 or /SEC.", new JsonArray(), []);
    private static readonly ManifestKey<ImmutableArray<string>> LeaveOut = Keys.Optional(
        "leaveOut",
        Lists.ListOf(MigrationValues.DirectoryPattern),
        "Names of directories that are neither planned nor copied, wherever they are; * stands for any characters.",
        new JsonArray([.. Trees.LocalTreeOptions.OfSystems.Select(name => (JsonNode)name)]),
        Trees.LocalTreeOptions.OfSystems);
    private static readonly ManifestKey<ByteSize> Reserve = Keys.Optional(
        "reserve", Scalars.Size, "Room that stays free on the target, such as 10GiB: no bucket starts below it. None when it is left out.");
    private static readonly ManifestKey<ByteRate> Bandwidth = Keys.Optional(
        "bandwidth", Scalars.Rate, "What all hosts together may move for it, such as 1GB/s; no limit when it is left out.");
    private static readonly ManifestKey<DailyWindow> Window = Keys.Optional(
        "window", MigrationValues.Window, "The hours in which buckets start, such as 22:00-06:00 Europe/Berlin; always when it is left out.");
    private static readonly ManifestKey<TimeSpan> Patience = Keys.Optional(
        "patience", MigrationValues.Span(TimeSpan.Zero), "How long a run waits when no host is left, before it stops.", "10min", TimeSpan.FromMinutes(10));
    private static readonly ManifestKey<TimeSpan> Stall = Keys.Optional(
        "stall",
        MigrationValues.Span(TimeSpan.FromSeconds(1)),
        "How long an rsync may show no sign of life before it is ended and tried elsewhere.",
        "10min",
        TimeSpan.FromMinutes(10));

    private static readonly ManifestKey<double> Drift = Keys.Optional(
        "drift", MigrationValues.Percent, "How much of the source may have changed, in bytes or entries, before a plan that was reviewed is refused.", "5%", 0.05);

    private static readonly ManifestKey<VerifyBy> Verify = Keys.Optional(
        "verify", Scalars.Word<VerifyBy>(), "What of the content is compared when it is verified: nothing, sizes, or every byte by checksums on both sides. Metadata always is, but for 'none'.", "checksum", VerifyBy.Checksum);

    private static readonly ManifestKey<DeletionLimit> DeletionsAtMost = Keys.Optional(
        "deleteLimit", MigrationValues.DeletionsAtMost, "How many entries may be deleted from the target at once: a number, or a part of the planned entries, of which 100 are always allowed.", "5%", DeletionLimit.Default);

    private static readonly ManifestKey<FreezeBy> Freeze = Keys.Optional(
        "freeze", Scalars.Word<FreezeBy>(), "What holds the source still while it is cut over: the word of whoever runs it (--frozen), or the frozen view of the last pass, for sources with 'snapshot: new'.", "operator", FreezeBy.Operator);

    public static Shape<Migration> Shape { get; } = new(
        [From, Mounts, MoverKeys.Mover, Hosts, Buckets, Balance, Options, LeaveOut, Reserve, Bandwidth, Window, Patience, Stall, Drift, Verify, DeletionsAtMost, Freeze],
        OneOf: [],
        Check,
        fields => new(
            fields.Name,
            fields.Get(From),
            fields.Get(Mounts).With(SourceMount(fields) ?? ""),
            fields.Get(Hosts),
            fields.Get(Buckets),
            fields.Get(Balance),
            fields.Get(Options),
            fields.Get(LeaveOut),
            fields.FindValue(Reserve))
        {
            Mover = fields.Get(MoverKeys.Mover),
            Bandwidth = fields.FindValue(Bandwidth),
            Window = fields.Find(Window),
            Patience = fields.Get(Patience),
            Stall = fields.Get(Stall),
            Drift = fields.Get(Drift),
            Verify = fields.Get(Verify),
            MostDeletions = fields.Get(DeletionsAtMost),
            Freeze = fields.Get(Freeze),
        });

    // A directory that is crawled here is nowhere on a Windows host.
    private static string? SourceMount(Fields fields) =>
        fields.Find(Mounts)?.Source ?? (IsOnWindows(fields) ? null : (fields.Find(From) as MigrationSource.Mounted)?.Path);

    private static bool IsOnWindows(Fields fields) => fields.Get(MoverKeys.Mover) == MoverKind.Robocopy;

    private static void Check(Fields fields)
    {
        MoverKeys.Check(fields, Hosts);
        if (fields.Get(Freeze) == FreezeBy.Snapshot && fields.Find(From) is { } frozen && frozen is not MigrationSource.OnCluster { Snapshot: SnapshotChoice.New })
            fields.At(Freeze).Report("can be snapshot only for a source on a cluster with 'snapshot: new': every pass of that has a frozen view");
        if (fields.Find(Mounts) is not { } mounts) return;
        var (source, isOnWindows) = (fields.Find(From), IsOnWindows(fields));
        if ((source is MigrationSource.OnCluster || (source is not null && isOnWindows)) && !fields.At(Mounts).Has(MountKeys.Source))
            fields.At(Mounts).ReportAtKey($"needs 'source': {(isOnWindows ? "Where the Windows hosts see the source." : MountKeys.Source.Description)}");
        var target = MountedTree.At(mounts.Target, isOnWindows);
        var sources = new[] { isOnWindows ? null : (source as MigrationSource.Mounted)?.Path, mounts.Source }.OfType<string>().Select(path => MountedTree.At(path, isOnWindows));
        if (sources.Select(from => TreeRules.WhyNotCopy(from, target)).OfType<string>().FirstOrDefault() is { } whyNot) mounts.At.Report(whyNot);
        mounts.At.Reading.Claim(fields.Name, target, mounts.At);
        foreach (var host in mounts.On) CheckOn(host, fields.Name, host.Over(SourceMount(fields) ?? "", mounts.Target), isOnWindows);
    }

    // What is a link on the host is not known here: its paths are compared as they are written.
    private static void CheckOn(HostMountFields host, string migration, HostMounts mounts, bool isOnWindows)
    {
        var target = MountedTree.AsWritten(mounts.Target, isOnWindows);
        if (mounts.Source.Length > 0 && TreeRules.WhyNotCopy(MountedTree.AsWritten(mounts.Source, isOnWindows), target) is { } whyNot) host.At.Report($"target {whyNot}");
        if (host.Target is not null) host.At.Reading.Claim(migration, target, host.At, host.Host);
    }
}

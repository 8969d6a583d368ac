using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Notices;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Processes;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>One migration that was asked for, the command line's wishes worked in.</summary>
/// <param name="Hosts">Those that do the work; one implied local host with one slot where none is listed.</param>
/// <param name="HostsListed">Whether any was listed: the number of buckets goes by it.</param>
/// <param name="Fresh">Do not go on with an earlier run.</param>
/// <param name="Command">How to go on with it, for messages.</param>
/// <param name="Request">What it was asked for with; the manifest may be read again by it.</param>
public sealed record Job(Manifest Manifest, Migration Migration, ImmutableArray<Host> Hosts, bool HostsListed, bool Fresh, string Command, MigrationRequest Request)
{
    public RunFolders Folders => new(Manifest.Directory);

    /// <summary>The plan that is to be carried out; null to make one.</summary>
    public ReviewedPlan? Reviewed { get; init; }

    /// <summary>The cutover that its runs are steps of; null of others.</summary>
    internal string? Cutover { get; init; }

    /// <summary>What hosts have mounted inside the target, as far as they were asked.</summary>
    internal ImmutableArray<(Trees.EntryPath Path, string Type)> TargetMounts { get; init; } = [];

    /// <summary>Tells how it fares; null where nobody wants to hear of it.</summary>
    internal Notifier? Notices { get; init; }

    public ImmutableArray<Slot> Slots => [.. Hosts.SelectMany(h => Enumerable.Range(1, h.Slots).Select(n => new Slot(h.Name, n)))];

    public RunTerms Terms => new(
        Migration.Mounts.Source,
        Migration.Mounts.Target,
        string.Join(' ', [.. Migration.Mover == MoverKind.Robocopy ? ["mover:robocopy"] : ImmutableArray<string>.Empty, .. Migration.Options, .. Migration.LeaveOut.Select(name => $"leaveOut:{name}")]),
        Migration.Source is MigrationSource.OnCluster tree ? $"{tree.Path} of cluster {tree.Name}, snapshot {tree.Snapshot}" : "");

    /// <summary>What a plan remembers of the manifest. What lies beside the manifest is named from there: a plan is applied on other machines too.</summary>
    internal PlanTerms PlanTerms => new(Manifest.Sha256.Length > 0 ? Request.Manifest : "", Manifest.Sha256, FromManifest(Terms.Source), FromManifest(Terms.Target), Terms.Options, Terms.Tree);

    internal Cluster ClusterOf(MigrationSource.OnCluster tree) => Manifest.Clusters.First(cluster => cluster.Name == tree.Name);

    /// <summary>The command line that does something else with the same migration.</summary>
    internal string CommandFor(string target) => CommandText.For(target, Command);

    /// <summary>The same job, gone on with by that target; a step of a cutover is gone on with by that.</summary>
    internal Job By(string target) => this with { Command = CommandFor(Cutover is null ? target : "Cutover") };

    /// <summary>The command line that goes on with a run of it.</summary>
    internal string CommandOf(RunMode mode) => mode switch
    {
        RunMode.DryRun => CommandFor("DryRun"),
        RunMode.Sync => CommandFor("Sync"),
        RunMode.Verify => CommandFor("Verify"),
        RunMode.Repair => $"{CommandFor("Verify")} --repair",
        _ => CommandFor("Migrate"),
    };

    /// <summary>The command line that goes on with this run: a sync that deletes wants its list again.</summary>
    internal string CommandOf(RunState run) =>
        run.Started.Cutover.Length > 0 ? CommandFor("Cutover")
        : run is { Started: { Mode: RunMode.Sync, Deletions: > 0 }, IsFinished: false }
            ? $"{CommandOf(RunMode.Sync)} --deletes={ShellQuote.Quote(Path.Combine(Folders.OfRun(run.Id), Deletions.DeletionFile.Reviewed))}"
        : CommandOf(run.Started.Mode);

    /// <summary>Where a host sees the source.</summary>
    internal string SourceOn(Host host) => Migration.Mounts.On(host.Name).Source;

    /// <summary>Where a host sees the target.</summary>
    internal string TargetOn(Host host) => Migration.Mounts.On(host.Name).Target;

    private string FromManifest(string path) => path.Length > 0 && Paths.IsWithin(path, Manifest.Directory) ? Path.GetRelativePath(Manifest.Directory, path) : path;
}

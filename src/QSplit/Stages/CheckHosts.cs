using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Preflights;
using QSplit.Runs;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>What was found of the hosts of a migration, and what they were asked.</summary>
/// <param name="RequestOf">The same question for a migration as the manifest has it by then: answers to different ones cannot be compared.</param>
internal sealed record CheckedFleet(FleetFinding Findings, Func<Job, PreflightRequest> RequestOf)
{
    /// <summary>The hosts of a migration that are good for it.</summary>
    public IEnumerable<Host> UsableOf(Job job) => job.Hosts.Where(host => Findings.Of(host.Name) is { IsUsable: true });
}

/// <summary>Looks at the hosts of a migration, and copies nothing: the preflight on its own.</summary>
internal static class CheckHosts
{
    /// <summary>All that can be known before anything is begun, also from a plan that nothing came of yet.</summary>
    /// <exception cref="ManifestException">The migration has no target.</exception>
    /// <exception cref="StorageException">The last plan cannot be read.</exception>
    public static async Task<(Job Job, FleetFinding Fleet)> RunAsync(Job job, Surroundings around, CancellationToken cancellationToken)
    {
        var run = RunOf(job, around);
        var known = run is null ? OfPlan(job) : OfRun(job, run);
        var fleet = await AskAsync(job, known, around, cancellationToken);
        fleet = known.Plan is { } plan ? PlanRules.With(fleet, plan, RequestOf(job, known), isFirst: run is null) : fleet;
        return (job, fleet with { Cluster = await ClusterAccess.WhyNotAsync(job, around, cancellationToken) });
    }

    /// <summary>What has to be good before a migration begins or goes on. Whether a frozen view is there is asked apart: what to do about it is another matter.</summary>
    /// <exception cref="ManifestException">The migration has no target.</exception>
    /// <exception cref="StorageException">It cannot begin: the message has each host that is not usable, and why.</exception>
    public static Task<CheckedFleet> RequireAsync(Job job, Surroundings around, CancellationToken cancellationToken)
    {
        var known = RunOf(job, around) is { IsFinished: false } run ? OfRun(job, run) : Earlier.Nothing;
        return RequireAsync(job, known.Snapshot is null ? known : known with { Witnesses = [], Snapshot = null }, around, cancellationToken);
    }

    /// <summary>What has to be good before hosts are asked what they would do: nothing is written on them.</summary>
    /// <exception cref="ManifestException">The migration has no target.</exception>
    /// <exception cref="StorageException">They cannot be asked: the message has each host that is not usable, and why.</exception>
    public static Task<CheckedFleet> RequireReadableAsync(Job job, Surroundings around, CancellationToken cancellationToken) =>
        RequireAsync(job, Earlier.Nothing with { IsReadOnly = true }, around, cancellationToken);

    private static async Task<CheckedFleet> RequireAsync(Job job, Earlier known, Surroundings around, CancellationToken cancellationToken)
    {
        var fleet = await AskAsync(job, known, around, cancellationToken);
        if (!fleet.CanGoOn) throw new StorageException($"Migration {job.Migration.Name} cannot begin.{Environment.NewLine}{fleet.WhyNot}");
        foreach (var (host, text) in fleet.Hosts.SelectMany(h => Warnings(h).Select(text => (h, text))))
            around.View.Say($"{job.Migration.Name}: {(host.Host == ReadManifest.ImpliedHost ? "" : $"{host.Host}: ")}{text}");
        return new CheckedFleet(fleet, again => RequestOf(again, known));
    }

    private static IEnumerable<string> Warnings(HostFinding host) =>
        host.IsDown ? [$"{host.WhyNot} The others go on without it."] : host.Findings.Where(f => f.Severity == Severity.Warning).Select(f => f.Text);

    private static Task<FleetFinding> AskAsync(Job job, Earlier known, Surroundings around, CancellationToken cancellationToken) =>
        job.Migration.Mounts.Target.Length == 0 ? throw new ManifestException("--source is for plans: what copies needs a target, and a manifest that names it.")
        : known.IsReadOnly && job.Migration.Mover == MoverKind.Robocopy ? throw new ManifestException(
            $"Migration {job.Migration.Name} has 'mover: robocopy', which is not asked yet what it would do. The plan alone is no trouble: {job.CommandFor("DryRun")} --offline")
        : Preflight.RunAsync(RequestOf(job, known), around.Hosts, around.Time, cancellationToken);

    private static PreflightRequest RequestOf(Job job, Earlier known)
    {
        var mounts = job.Migration.Mounts;
        return new(
            job.Migration.Name,
            job.Hosts,
            host => known.Snapshot?.RootIn(mounts.On(host.Name).Source, host.Shell == HostShell.Cmd ? '\\' : '/') ?? mounts.On(host.Name).Source,
            host => mounts.On(host.Name).Target,
            known.Witnesses,
            job.Migration.Options,
            job.Migration.Reserve?.Bytes,
            known.Left)
        {
            IsReadOnly = known.IsReadOnly,
            Mover = job.Migration.Mover,
            LeaveOut = job.Migration.LeaveOut,
            Here = job.Migration.Source is MigrationSource.Mounted mounted && !job.Hosts.Any(host => host.Local) ? mounted.Path : null,
        };
    }

    // A frozen view matters to a run that goes on; a new one gets a view of its own.
    private static Earlier OfRun(Job job, RunState run)
    {
        var plan = PlanFile.Read(job.Folders.OfRun(run.Id));
        if (run.IsFinished) return new(Witnesses.Of(plan), null, null) { Plan = plan };
        var left = run.LeftBuckets.ToHashSet();
        var toCopy = plan.Buckets.Where(bucket => left.Contains(bucket.Number)).Aggregate(Totals.Zero, (sum, bucket) => sum + bucket.Totals);
        return new(Witnesses.Of(plan), plan.Snapshot, toCopy) { Plan = plan };
    }

    private static Earlier OfPlan(Job job)
    {
        if (job.Fresh || job.Folders.RunsOf(job.Migration.Name).Select(job.Folders.OfRun).FirstOrDefault(PlanFile.IsIn) is not { } folder) return Earlier.Nothing;
        var plan = PlanFile.Read(folder);
        return new(Witnesses.Of(plan), null, plan.Totals) { Plan = plan };
    }

    // A run of other terms may have been of another tree.
    private static RunState? RunOf(Job job, Surroundings around)
    {
        if (job.Fresh || !File.Exists(job.Folders.Store)) return null;
        using var store = RunStore.Open(job.Folders.Store, around.Time);
        return store.RunsOf(job.Migration.Name) is [var id, ..] && store.Load(id) is { } run && run.Started.Terms.DifferencesTo(job.Terms).Count == 0 ? run : null;
    }

    /// <summary>What earlier plans tell: paths that must be there, the view that is copied from, what is left to copy.</summary>
    private sealed record Earlier(ImmutableArray<EntryPath> Witnesses, Clusters.ClusterSnapshot? Snapshot, Totals? Left)
    {
        public static readonly Earlier Nothing = new([], null, null);

        /// <summary>The plan that they are of; null without one.</summary>
        public Plan? Plan { get; init; }

        public bool IsReadOnly { get; init; }
    }
}

using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Pipes;
using QSplit.Preflights;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Telemetry;

namespace QSplit.Stages;

/// <summary>The whole program. Each stage is one function in a file of its own; nothing runs before a flow of them is told to.</summary>
/// <param name="around">The world, handed to the stages that touch it.</param>
public sealed class MigrationPipeline(Surroundings around)
{
    /// <summary>Command line to the migrations it asks for; every problem of the manifest at once.</summary>
    public Stage<MigrationRequest, ImmutableArray<Job>> ReadManifest => new(request => Stages.ReadManifest.Run(request, around), nameof(ReadManifest));

    /// <summary>A cluster, signed in to.</summary>
    public Stage<ClusterRequest, ICluster> Connect => new((request, token) => ConnectCluster.RunAsync(request, around, token), nameof(Connect));

    /// <summary>How large a cluster is and how full.</summary>
    public Stage<ICluster, ClusterCapacity> Capacity => new((cluster, token) => cluster.ReadCapacityAsync(token), nameof(Capacity));

    /// <summary>A cluster's name and version.</summary>
    public Stage<ICluster, ClusterIdentity> Identify => new((cluster, token) => cluster.IdentifyAsync(token), nameof(Identify));

    /// <summary>Asks the hosts of a migration whether they are good for it.</summary>
    public Stage<Job, (Job Job, FleetFinding Fleet)> CheckHosts => new((job, token) => Stages.CheckHosts.RunAsync(job, around, token), nameof(CheckHosts));

    /// <summary>Opens the source and finds how large what is.</summary>
    public Stage<Job, Surveyed> Survey => new((job, token) => SurveySource.RunAsync(job, around, token), nameof(Survey));

    /// <summary>Cuts the tree into buckets of equal cost, and writes plan and bucket files.</summary>
    public Stage<Surveyed, Planned> Partition => new((surveyed, token) => PartitionTree.RunAsync(surveyed, around, token), nameof(Partition));

    /// <summary>The shared directories, before anything runs in parallel.</summary>
    public Stage<RunSession, RunSession> Open => new(LevelPasses.OpenAsync, nameof(Open));

    /// <summary>The buckets, over all slots.</summary>
    public Stage<RunSession, RunSession> Dispatch => new(DispatchBuckets.RunAsync, nameof(Dispatch));

    /// <summary>Hard links that lie in different buckets.</summary>
    public Stage<RunSession, RunSession> Link => new(LevelPasses.LinkAsync, nameof(Link));

    /// <summary>What is only on the target and is listed to be deleted.</summary>
    public Stage<RunSession, RunSession> Delete => new(LevelPasses.DeleteAsync, nameof(Delete));

    /// <summary>The shared directories again: what arrived meanwhile, times and modes.</summary>
    public Stage<RunSession, RunSession> Seal => new(LevelPasses.SealAsync, nameof(Seal));

    /// <summary>What came of it.</summary>
    public Stage<RunSession, RunSummary> Report => new(session => WriteReport.Run(session, around), nameof(Report));

    /// <summary>From manifest to what its hosts are found to be: nothing is copied.</summary>
    public Stage<MigrationRequest, ImmutableArray<(Job Job, FleetFinding Fleet)>> Preflight => (ReadManifest >> CheckHosts.ForEach()).AsSpan(nameof(Preflight));

    /// <summary>From manifest to plans: nothing is copied.</summary>
    public Stage<MigrationRequest, ImmutableArray<Planned>> Plan => (ReadManifest >> (Survey >> Partition).ForEach()).AsSpan(nameof(Plan));

    /// <summary>From manifest to trees that are across, one migration after another; goes on where it stopped.</summary>
    public Stage<MigrationRequest, ImmutableArray<RunSummary>> Migrate =>
        (ReadManifest >> Run(Survey >> Partition).ForEach()).AsSpan(nameof(Migrate));

    /// <summary>From manifest to what its runs would do, as rsync itself says: nothing is written on the targets.</summary>
    public Stage<MigrationRequest, ImmutableArray<RunSummary>> DryRun =>
        ReadManifest >> Pretend(Survey >> Partition).ForEach();

    /// <summary>From manifest to targets that have what changed since the last pass; what is only there is listed, and deleted where a reviewed list says so.</summary>
    public Stage<MigrationRequest, ImmutableArray<RunSummary>> Sync =>
        (ReadManifest >> CheckSince >> Follow(Survey >> Partition).ForEach()).AsSpan(nameof(Sync));

    /// <summary>From manifest to what of the targets is not as on the source, one migration after another: nothing is written there.</summary>
    public Stage<MigrationRequest, ImmutableArray<RunSummary>> Verify =>
        (ReadManifest >> Compare.ForEach()).AsSpan(nameof(Verify));

    /// <summary>From manifest to targets on which what the last verifications found is mended.</summary>
    public Stage<MigrationRequest, ImmutableArray<RunSummary>> Repair =>
        (ReadManifest >> Mend.ForEach()).AsSpan(nameof(Repair));

    /// <summary>From manifest to where each migration stands: no host is asked, nothing is changed.</summary>
    public Stage<MigrationRequest, ImmutableArray<RunStatus>> Status => (ReadManifest >> ReadStatus.ForEach()).AsSpan(nameof(Status));

    /// <summary>From manifest to the reports of the last runs, or of the one that was asked for, made again.</summary>
    public Stage<MigrationRequest, ImmutableArray<MadeReport>> Reports => ReadManifest >> ReportAgain.ForEach();

    /// <summary>The last runs of some migrations, the newest first.</summary>
    public Stage<ImmutableArray<Job>, ImmutableArray<PastRun>> History => new(jobs => ReadHistory.Run(jobs, around), nameof(History));

    /// <summary>The report of a run of before, from what the store and its folder know of it.</summary>
    public Stage<Job, MadeReport> ReportAgain => new(job => Stages.ReportAgain.Run(job, around), nameof(ReportAgain));

    /// <summary>Where the last run of a migration stands, or the one that was asked for.</summary>
    public Stage<Job, RunStatus> ReadStatus => new(job => Stages.ReadStatus.Run(job, around), nameof(ReadStatus));

    /// <summary>One migration, from its plan (made by <paramref name="plan"/> unless there is a run to go on with) to its report.</summary>
    public Stage<Job, RunSummary> Run(Stage<Job, Planned> plan) =>
        Alone(TakeUp(plan) >> Closing(Open >> Dispatch >> Link >> Seal) >> Report).AsSpan(RunSpan.Name, (span, job) => RunSpan.Describe(span, job.Migration.Name));

    /// <summary>One migration, from its plan to what a run of it would do. Beside others: it changes nothing.</summary>
    public Stage<Job, RunSummary> Pretend(Stage<Job, Planned> plan) =>
        BeginDryRun(plan) >> LettingGo(Closing(Dispatch >> Seal)) >> Report;

    /// <summary>One migration that has a baseline, brought up to date; goes on where it stopped.</summary>
    public Stage<Job, RunSummary> Follow(Stage<Job, Planned> plan) =>
        Alone(BeginSync(plan) >> Closing(Open >> Dispatch >> Link >> Delete >> Seal >> Conclude) >> Report).AsSpan(RunSpan.Name, (span, job) => RunSpan.Describe(span, job.Migration.Name));

    /// <summary>The end of a pass: the list of what is only on the target.</summary>
    private Stage<RunSession, RunSession> Conclude => new((session, token) => ConcludeSync.RunAsync(session, around, token), nameof(Conclude));

    // Before the first of them is begun.
    private Stage<ImmutableArray<Job>, ImmutableArray<Job>> CheckSince => new(jobs => SinceRules.Require(jobs, around), nameof(CheckSince));

    private Stage<Job, RunSession> BeginSync(Stage<Job, Planned> plan) =>
        new((job, token) => Stages.BeginSync.RunAsync(job, plan, around, token), $"beginSync({plan})");

    /// <summary>One migration that was copied, compared with its source; goes on where it stopped.</summary>
    public Stage<Job, RunSummary> Compare =>
        Alone(BeginVerify >> Closing(Dispatch >> Seal) >> Report).AsSpan(RunSpan.Name, (span, job) => RunSpan.Describe(span, job.Migration.Name));

    /// <summary>One migration that was verified, mended; goes on where it stopped.</summary>
    public Stage<Job, RunSummary> Mend =>
        Alone(BeginRepair >> Closing(Open >> Dispatch >> Delete >> Seal) >> Report).AsSpan(RunSpan.Name, (span, job) => RunSpan.Describe(span, job.Migration.Name));

    private Stage<Job, RunSession> BeginRepair => new((job, token) => Stages.BeginRepair.RunAsync(job, around, token), nameof(BeginRepair));

    private Stage<Job, RunSession> BeginVerify => new((job, token) => Stages.BeginVerify.RunAsync(job, around, token), nameof(BeginVerify));

    private Stage<Job, RunSession> BeginDryRun(Stage<Job, Planned> plan) =>
        new((job, token) => Stages.BeginDryRun.RunAsync(job, plan, around, token), $"beginDryRun({plan})");

    /// <summary>A run to go on with, or a new one of <paramref name="plan"/>.</summary>
    private Stage<Job, RunSession> TakeUp(Stage<Job, Planned> plan) =>
        new((job, token) => Stages.TakeUp.RunAsync(job, plan, around, token), $"takeUp({plan})");

    /// <summary><paramref name="stage"/>, while no other controller works on the same migration.</summary>
    private Stage<Job, T> Alone<T>(Stage<Job, T> stage) => stage.Within(async (job, run, token) =>
    {
        using var held = RunLock.Take(job.Folders.OfMigration(job.Migration.Name), job.Migration.Name, around.Controller);
        return await run(token);
    });

    /// <summary><paramref name="stage"/>, and whatever comes of it the snapshot that was taken for it is let go.</summary>
    private Stage<RunSession, RunSession> LettingGo(Stage<RunSession, RunSession> stage) => stage.Within(async (session, run, token) =>
    {
        try
        {
            return await run(token);
        }
        finally
        {
            await NewSnapshot.LetGoAsync(session.Planned, around);
        }
    });

    /// <summary><paramref name="stage"/>, and whatever comes of it the session is closed; an interrupted run says where it stands.</summary>
    private Stage<RunSession, RunSession> Closing(Stage<RunSession, RunSession> stage) => stage.Within(async (session, run, token) =>
    {
        try
        {
            return await run(token);
        }
        catch (OperationCanceledException)
        {
            session.Dispose();
            WriteReport.Run(session, around);
            throw;
        }
        finally
        {
            session.Dispose();
        }
    });
}

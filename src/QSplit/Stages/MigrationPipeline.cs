using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Evidence;
using QSplit.Notices;
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

    /// <summary>One of the migrations that were asked for, by its name in the manifest.</summary>
    public static Stage<ImmutableArray<Job>, Job> Select(string name) => new(jobs => SelectMigration.Named(jobs, name), $"select({name})");

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
        (ReadManifest >> LeaveCutOver >> CheckSince >> CheckRetry >> Follow(Survey >> Partition).ForEach()).AsSpan(nameof(Sync));

    /// <summary>From manifest to what of the targets is not as on the source, one migration after another: nothing is written there.</summary>
    public Stage<MigrationRequest, ImmutableArray<RunSummary>> Verify =>
        (ReadManifest >> Compare.ForEach()).AsSpan(nameof(Verify));

    /// <summary>From manifest to targets on which what the last verifications found is mended.</summary>
    public Stage<MigrationRequest, ImmutableArray<RunSummary>> Repair =>
        (ReadManifest >> Mend.ForEach()).AsSpan(nameof(Repair));

    /// <summary>From manifest to migrations that are cut over: the last pass, deletes, proof and sign-off, one migration after another; goes on where it stopped.</summary>
    public Stage<MigrationRequest, ImmutableArray<CutoverSummary>> Cutover =>
        (ReadManifest >> CheckCutovers >> Complete(Survey >> Partition).ForEach()).AsSpan(nameof(Cutover));

    /// <summary>From manifest to what cutovers would do: nothing is written on the targets.</summary>
    public Stage<MigrationRequest, ImmutableArray<CutoverSummary>> CutoverDryRun =>
        ReadManifest >> Rehearse(Survey >> Partition).ForEach();

    /// <summary>From manifest to where each migration stands: no host is asked, nothing is changed.</summary>
    public Stage<MigrationRequest, ImmutableArray<RunStatus>> Status => (ReadManifest >> ReadStatus.ForEach()).AsSpan(nameof(Status));

    /// <summary>From manifest to what the last runs could not copy: no host is asked.</summary>
    public Stage<MigrationRequest, ImmutableArray<RunErrors>> Errors => ReadManifest >> new Stage<Job, RunErrors>(job => ListErrors.Run(job, around), nameof(ListErrors)).ForEach();

    /// <summary>From manifest to the reports of the last runs, or of the one that was asked for, made again.</summary>
    public Stage<MigrationRequest, ImmutableArray<MadeReport>> Reports => ReadManifest >> ReportAgain.ForEach();

    /// <summary>From the command line to what became of the evidence of cutovers: no host is asked, nothing is changed.</summary>
    public Stage<MigrationRequest, ImmutableArray<EvidenceAudit>> Audit => (FindEvidence >> AuditEvidence.ForEach()).AsSpan(nameof(Audit));

    /// <summary>The last runs of some migrations, the newest first.</summary>
    public Stage<ImmutableArray<Job>, ImmutableArray<PastRun>> History => new(jobs => ReadHistory.Run(jobs, around), nameof(History));

    /// <summary>The report of a run of before, from what the store and its folder know of it.</summary>
    public Stage<Job, MadeReport> ReportAgain => new(job => Stages.ReportAgain.Run(job, around), nameof(ReportAgain));

    /// <summary>Where the last run of a migration stands, or the one that was asked for.</summary>
    public Stage<Job, RunStatus> ReadStatus => new(job => Stages.ReadStatus.Run(job, around), nameof(ReadStatus));

    /// <summary>One migration, from its plan (made by <paramref name="plan"/> unless there is a run to go on with) to its report.</summary>
    public Stage<Job, RunSummary> Run(Stage<Job, Planned> plan) =>
        Notifying(RunMode.Copy, Alone(AsRun(TakeUp(plan) >> Closing(Open >> Dispatch >> Link >> Seal) >> Report)));

    /// <summary>One migration, from its plan to what a run of it would do. Beside others: it changes nothing.</summary>
    public Stage<Job, RunSummary> Pretend(Stage<Job, Planned> plan) =>
        BeginDryRun(plan) >> LettingGo(Closing(Dispatch >> Seal >> ListDeletes)) >> Report;

    /// <summary>One migration that has a baseline, brought up to date; goes on where it stopped.</summary>
    public Stage<Job, RunSummary> Follow(Stage<Job, Planned> plan) => Notifying(RunMode.Sync, Alone(Pass(plan)));

    /// <summary>One migration that has a baseline, cut over: from the word that its source is frozen to the evidence of what was done; goes on where it stopped.</summary>
    public Stage<Job, CutoverSummary> Complete(Stage<Job, Planned> plan) =>
        Stages.Notifying.Around(Alone(BeginCutover >> Showing(LastPass(plan) >> LookAround >> Deletes >> Proof >> SignOff) >> Summarize), null, NoticeOf.CutoverEnds, around);

    /// <summary>What that would do, step by step. Beside others: it changes nothing.</summary>
    public Stage<Job, CutoverSummary> Rehearse(Stage<Job, Planned> plan) =>
        new((job, token) => RehearseCutover.RunAsync(job, Pretend(plan), around, token), nameof(Rehearse));

    // Before the first of them is begun.
    private Stage<ImmutableArray<Job>, ImmutableArray<Job>> CheckCutovers => new(jobs => CutoverRules.Require(jobs, around), nameof(CheckCutovers));

    private Stage<Job, OpenCutover> BeginCutover => new(job => Stages.BeginCutover.Run(job, around), nameof(BeginCutover));

    private Stage<OpenCutover, OpenCutover> LastPass(Stage<Job, Planned> plan) => new((open, token) => CutoverSteps.FollowAsync(open, Pass(plan), around, token), nameof(LastPass));

    private Stage<OpenCutover, OpenCutover> LookAround => new((open, token) => CutoverSteps.LookAsync(open, Look, around, token), nameof(LookAround));

    private Stage<OpenCutover, OpenCutover> Deletes => new((open, token) => CutoverSteps.DeleteAsync(open, Cleanse(open), around, token), nameof(Deletes));

    private Stage<OpenCutover, OpenCutover> Proof => new((open, token) => CutoverSteps.CompareAsync(open, Comparison, around, token), nameof(Proof));

    private Stage<OpenCutover, OpenCutover> SignOff => new((open, token) => Stages.SignOff.RunAsync(open, around, token), nameof(SignOff));

    private Stage<OpenCutover, CutoverSummary> Summarize => new(ShowCutover.SummaryOf, nameof(Summarize));

    /// <summary><paramref name="stage"/>, and whatever comes of it the checklist is shown and written.</summary>
    private Stage<OpenCutover, OpenCutover> Showing(Stage<OpenCutover, OpenCutover> stage) => stage.Within(async (open, run, token) =>
    {
        try
        {
            var after = await run(token);
            ShowCutover.Run(after, around);
            return after;
        }
        catch
        {
            ShowCutover.Run(open.Again(around), around);
            throw;
        }
    });

    private Stage<Job, RunSummary> Pass(Stage<Job, Planned> plan) =>
        AsRun(BeginSync(plan) >> Closing(Open >> Dispatch >> Link >> Delete >> Seal >> Conclude) >> Report);

    private Stage<Job, RunSummary> Cleanse(OpenCutover open) =>
        AsRun(new Stage<Job, RunSession>((job, token) => BeginDeletes.RunAsync(job, () => open.ToDelete(open.Found!), around, token), nameof(BeginDeletes)) >> Closing(Open >> Dispatch >> Delete >> Seal) >> Report);

    private Stage<Job, RunSummary> Look => AsRun(
        new Stage<Job, RunSession>((job, token) => BeginLook.RunAsync(job, around, token), nameof(BeginLook))
        >> Closing(Dispatch >> Seal >> new Stage<RunSession, RunSession>((session, token) => ConcludeSync.OfLookAsync(session, token), nameof(ConcludeSync)))
        >> Report);

    private Stage<Job, RunSummary> Comparison => AsRun(BeginVerify >> Closing(Dispatch >> Seal) >> Report);

    private static Stage<Job, RunSummary> AsRun(Stage<Job, RunSummary> stage) => stage.AsSpan(RunSpan.Name, (span, job) => RunSpan.Describe(span, job.Migration.Name));

    /// <summary>The end of a pass: the list of what is only on the target.</summary>
    private Stage<RunSession, RunSession> Conclude => new((session, token) => ConcludeSync.RunAsync(session, around, token), nameof(Conclude));

    private Stage<RunSession, RunSession> ListDeletes => new(ConcludeSync.OfDryRunAsync, nameof(ListDeletes));

    // Before the first of them is begun.
    private Stage<ImmutableArray<Job>, ImmutableArray<Job>> CheckSince => new(jobs => SinceRules.Require(jobs, around), nameof(CheckSince));

    private Stage<ImmutableArray<Job>, ImmutableArray<Job>> CheckRetry => new(jobs => RetryExceptions.Require(jobs, around), nameof(CheckRetry));

    private Stage<ImmutableArray<Job>, ImmutableArray<Job>> LeaveCutOver => new(jobs => CutOverTarget.Leave(jobs, around), nameof(LeaveCutOver));

    private Stage<Job, RunSession> BeginSync(Stage<Job, Planned> plan) =>
        new((job, token) => Stages.BeginSync.RunAsync(job, plan, around, token), $"beginSync({plan})");

    /// <summary>One migration that was copied, compared with its source; goes on where it stopped.</summary>
    public Stage<Job, RunSummary> Compare => Notifying(RunMode.Verify, Alone(Comparison));

    /// <summary>One migration that was verified, mended; goes on where it stopped.</summary>
    public Stage<Job, RunSummary> Mend =>
        Notifying(RunMode.Repair, Alone(AsRun(BeginRepair >> Closing(Open >> Dispatch >> Delete >> Seal) >> Report)));

    private Stage<Job, RunSession> BeginRepair => new((job, token) => Stages.BeginRepair.RunAsync(job, around, token), nameof(BeginRepair));

    private Stage<MigrationRequest, ImmutableArray<EvidenceTerms>> FindEvidence => new(request => Stages.FindEvidence.Run(request, around), nameof(FindEvidence));

    private Stage<EvidenceTerms, EvidenceAudit> AuditEvidence => new((terms, token) => Stages.AuditEvidence.RunAsync(terms, around, token), nameof(AuditEvidence));

    private Stage<Job, RunSession> BeginVerify => new((job, token) => Stages.BeginVerify.RunAsync(job, around, token), nameof(BeginVerify));

    private Stage<Job, RunSession> BeginDryRun(Stage<Job, Planned> plan) =>
        new((job, token) => Stages.BeginDryRun.RunAsync(job, plan, around, token), $"beginDryRun({plan})");

    /// <summary>A run to go on with, or a new one of <paramref name="plan"/>.</summary>
    private Stage<Job, RunSession> TakeUp(Stage<Job, Planned> plan) =>
        new((job, token) => Stages.TakeUp.RunAsync(job, plan, around, token), $"takeUp({plan})");

    /// <summary><paramref name="stage"/>, of which those are told who want to hear of the migration.</summary>
    private Stage<Job, RunSummary> Notifying(RunMode mode, Stage<Job, RunSummary> stage) => Stages.Notifying.Around(stage, mode, NoticeOf.End, around);

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
            await NewSnapshot.DropAsync(session.Planned, around);
        }
    });

    /// <summary><paramref name="stage"/>, and whatever comes of it the session is closed; an interrupted run says where it stands.</summary>
    private Stage<RunSession, RunSession> Closing(Stage<RunSession, RunSession> stage) => stage.Within(async (session, run, token) =>
    {
        try
        {
            if (!session.WasFinished) session.Job.Notices?.Notify(NoticeOf.Start(session.Plan, session.Run, session.Now));
            return await run(token);
        }
        catch (OperationCanceledException)
        {
            session.Dispose();
            if (NoticeOf.End(WriteReport.Run(session, around), session.Now) is { } notice) session.Job.Notices?.Notify(notice);
            throw;
        }
        finally
        {
            session.Dispose();
        }
    });
}

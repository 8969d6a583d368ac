using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Processes;
using QSplit.Reports;
using QSplit.Reports.Files;

namespace QSplit.Stages;

/// <summary>The end of a sync that is finished: the list of what is only on the target, for review; the frozen view of the pass before is let go.</summary>
internal static class ConcludeSync
{
    public const string ListForPeople = "deletes.md";

    /// <exception cref="StorageException">The list cannot be written.</exception>
    public static async Task<RunSession> RunAsync(RunSession session, Surroundings around, CancellationToken cancellationToken)
    {
        if (!session.Run.IsFinished) return session;
        await ListAsync(session, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        await LetGoAsync(session, around);
        return session;
    }

    /// <summary>The same list of a dry run: what a cutover that begins now would delete.</summary>
    /// <exception cref="StorageException">The list cannot be written.</exception>
    public static async Task<RunSession> OfDryRunAsync(RunSession session, CancellationToken cancellationToken)
    {
        if (session.Run is { IsFinished: true, Started.Deletes: true }) await ListAsync(session, cancellationToken);
        return session;
    }

    /// <summary>Makes the list of a pass that looked at changes alone complete, in the folder of the run that looked at the rest.</summary>
    /// <exception cref="StorageException">The list of the pass cannot be read, or this one not be written.</exception>
    public static async Task<RunSession> OfLookAsync(RunSession session, CancellationToken cancellationToken)
    {
        if (session.Run.IsFinished) await ListAsync(session, cancellationToken);
        return session;
    }

    private static async Task ListAsync(RunSession session, CancellationToken cancellationToken)
    {
        var planned = session.Planned;
        var why = planned.Foreseen is { } foreseen ? foreseen.Withheld
            : planned.Before is { } before ? DeletionRules.WhyNone(session.Job.Migration, before, planned.Plan) ?? WhyUnmounted(session, before)
            : null;
        var known = TargetMounts.Of(session.Findings).Without(planned.Foreseen ?? DeletionList.Nothing);
        var found = Repairs.DeletionsOf([.. planned.Checks.Read()]).Without(planned.Deletions).Without(known);
        found = await WithoutSeenAsync(session, found, cancellationToken);
        var list = DeletionList.Topmost([.. found.Items, .. known.Items]) with { Migration = session.Job.Migration.Name, Run = planned.Run, Withheld = why };
        list = await MeasureDeletions.RunAsync(session, list, cancellationToken);
        DeletionFile.Write(planned.Folder, list);
        var path = Path.Combine(planned.Folder, ListForPeople);
        File.WriteAllText(path, DeletionMarkdown.Write(list));
        if (why is not null)
        {
            session.Say($"{why} Nothing is listed to be deleted.");
            return;
        }
        if (list.Items.IsEmpty) return;
        var isForSync = session.Job.Cutover is null && (!session.Run.IsDryRun || planned.Before is not null);
        session.Say(
            $"{Humane.Count(list.Entries, "entry is", "entries are")} only on the target{(list.Bytes is { } bytes ? $", {Humane.Bytes(bytes)}" : "")}: {path}" +
            (isForSync ? $". To delete what that names, once it was reviewed: {session.Job.CommandFor("Sync")} --deletes={ShellQuote.Quote(Path.Combine(planned.Folder, DeletionFile.Name))}" : ""));
    }

    // A sync does not begin then; a dry run says what would be.
    private static string? WhyUnmounted(RunSession session, Plan before) =>
        session.Plan.Scope == PlanScope.Changes || session.Job.Request.AcceptDrift ? null : DeletionRules.WhyUnmounted(session.Job.Migration, before, session.Plan);

    // What one host does not find may be there for another.
    private static async Task<DeletionList> WithoutSeenAsync(RunSession session, DeletionList found, CancellationToken cancellationToken)
    {
        var seen = await SourceViews.WhoSeesAsync(session, [.. found.ToDelete], null, cancellationToken);
        if (seen.Count == 0) return found;
        session.Say(
            $"{Humane.Count(seen.Count, "entry", "entries")} that an rsync found only on the target {(seen.Count == 1 ? "is" : "are")} on the source as " +
            $"{seen.Values.First()} sees it, first {seen.Keys.Min()}: not listed. " +
            (session.Findings.Hosts.Any(host => host.Folds != Trees.NameFolding.None) ? "The target folds names: they may be there by " +
                "another spelling." : "Does a host lack a mount?"));
        return found with { Items = [.. found.Items.Where(item => !seen.ContainsKey(item.Path))] };
    }

    // The next difference is to this pass.
    private static async Task LetGoAsync(RunSession session, Surroundings around)
    {
        if (session.Planned is not { Job: { Migration.Source: MigrationSource.OnCluster { Snapshot: SnapshotChoice.New } tree } job } planned) return;
        await NewSnapshot.DropAsync(planned.Superseded.Where(view => view.Id != planned.Plan.Snapshot?.Id), job, tree, around);
    }
}

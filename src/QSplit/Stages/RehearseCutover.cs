using System.Collections.Immutable;
using QSplit.Cutovers;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Reports.Files;
using QSplit.Transfers;
using QSplit.Verifications;

namespace QSplit.Stages;

/// <summary>All that a cutover would do, asked of the hosts: nothing is written on the target, and no cutover is begun.</summary>
internal static class RehearseCutover
{
    /// <param name="pretend">Asks what a pass would do.</param>
    public static async Task<CutoverSummary> RunAsync(Job job, Stage<Job, RunSummary> pretend, Surroundings around, CancellationToken cancellationToken)
    {
        CutoverRules.RequireCopied(job, around);
        var reviewed = CutoverRules.Reviewed(job, around);
        var asked = await ((job with { Request = job.Request with { Deletes = true } }) | pretend).RunAsync(cancellationToken);
        var list = asked.Run.IsFinished ? DeletionFile.Read(asked.Folder) : DeletionList.Nothing;
        if (reviewed is not null)
        {
            list = list.NamedBy(reviewed);
            DeletionFile.Write(asked.Folder, list);
            File.WriteAllText(Path.Combine(asked.Folder, ConcludeSync.ListForPeople), DeletionMarkdown.Write(list));
        }
        var cutover = new ReportCutover("", around.Time.GetUtcNow(), StepsOf(job, asked, list, around.Time.GetUtcNow()), null, null, []);
        around.View.Say($"{job.Migration.Name}: a cutover would be");
        foreach (var line in CutoverText.Lines(cutover.Steps)) around.View.Say(line);
        return new(job.Migration.Name, cutover, asked.Folder, asked.Run.IsFinished ? null : "Not all of it could be asked of the hosts.", $"{job.CommandFor("Cutover")} --dry-run");
    }

    private static ImmutableArray<CutoverItem> StepsOf(Job job, RunSummary asked, DeletionList list, DateTimeOffset now)
    {
        var (migration, preview) = (job.Migration, asked.Run.Preview);
        long Of(ChangeKind kind) => preview.Parts.Where(part => part.Kind == kind).Sum(part => part.Entries);
        var (deletes, most) = (list.Entries, migration.MostDeletions.Of(asked.Plan.Totals.Entries));
        var names = $"all names: {Path.Combine(asked.Folder, ConcludeSync.ListForPeople)}";
        CutoverItem Later(string name, string words) => new(name, CutoverStanding.Left, words);
        return
        [
            migration.Freeze == FreezeBy.Snapshot || job.Request.Frozen is not null
                ? Checklist.FreezeItem(new(migration.Freeze, job.Request.Frozen ?? "", now))
                : new("freeze", CutoverStanding.Open, "nobody has said that nobody writes on the source: --frozen=\"how\""),
            new("preflight", asked.Run.IsFinished ? CutoverStanding.Done : CutoverStanding.Open, asked.Run.IsFinished ? "the hosts can be asked" : asked.HowToGoOn),
            Later("last pass", $"{Humane.Count(Of(ChangeKind.Create), "entry", "entries")} to create, {Humane.Count(Of(ChangeKind.Update))} to update, {Humane.Count(Of(ChangeKind.Attributes))} to give other attributes: {Humane.Bytes(preview.Parts.Sum(part => part.Bytes))}"),
            Later("links", asked.Plan.Linked.IsEmpty ? "none over several buckets" : $"{Humane.Count(asked.Plan.Linked.Length, "name", "names")} over several buckets"),
            list.Withheld is { } why
                ? new("deletes", CutoverStanding.Open, why)
                : deletes > most
                ? new("deletes", CutoverStanding.Open, $"{Humane.Count(deletes, "entry", "entries")}: more than 'deleteLimit: {migration.MostDeletions}' lets be deleted ({Humane.Count(most)}); {names}")
                : Later("deletes", deletes == 0 ? "nothing is only on the target" : $"{Humane.Count(deletes, "entry", "entries")} of at most {Humane.Count(most)}; {names}"),
            Later("seal", "times and modes of the shared directories"),
            migration.Verify == VerifyBy.None
                ? new("verify", CutoverStanding.Open, "the manifest says 'verify: none': somebody has to accept that")
                : Later("verify", CheckedText.Terms(CheckTerms.Of(migration, 1, ""))),
            Later("sign-off", job.Request.Key is { } key ? $"evidence, signed by {key}" : "evidence, not signed: no --key"),
        ];
    }
}

using QSplit.Partitioning;
using QSplit.Preflights;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>What becomes of hard links, where the manifest asks that they be kept.</summary>
internal static class HardLinkRules
{
    private const string AtRisk =
        "--hard-links is among the options, but this source does not tell which names share a file: " +
        "those that are in one bucket are kept, those in different ones become files of " +
        "their own. With 'buckets: 1' all are kept.";

    private const string Forgone = "--hard-links is not used, since rsync would make one file of them: each name becomes a file of its own.";

    /// <summary>A plan without advice to set an option that is set.</summary>
    public static Plan WithoutAdviceTaken(Plan plan, Surveyed surveyed)
    {
        var options = surveyed.Job.Migration.Options;
        bool IsTaken(TreeNote note) => note is { Kind: TreeNoteKind.HardLinks, Path.IsRoot: true } ? options.Asking('H', "--hard-links") is not null
            : note.Kind == TreeNoteKind.Sparse && options.Asking('S', "--sparse") is not null;
        return plan with { Notes = [.. plan.Notes.Where(note => !IsTaken(note))] };
    }

    /// <exception cref="StorageException">A cluster cannot be asked for the names.</exception>
    public static async Task<Plan> KeepAsync(Plan plan, Surveyed surveyed, Surroundings around, CancellationToken cancellationToken)
    {
        if (surveyed.Job.Migration.Options.Asking('H', "--hard-links") is null) return plan;
        return surveyed.Source switch
        {
            LocalTree { HardLinks.Files: > 0 } crawled when crawled.FindFalseLinks() is var (one, other) => plan with
            {
                ForgoesHardLinks = true,
                Notes = plan.Notes.Add(new(TreeNoteKind.HardLinks, one, $"It has the inode number of {other}, and is another file: inode numbers are not unique on this source. {Forgone}")),
            },
            LocalTree { HardLinks.Files: > 0 } crawled => plan with { Linked = LinkedNames.Torn(plan.Buckets, crawled.ReadLinkedSets()) },
            LocalTree => plan,
            _ when plan.Buckets.Length > 1 => await ListedAsync(plan, surveyed, around, cancellationToken),
            _ => plan,
        };
    }

    // Totals do not tell of links: for these every directory is listed, and only where somebody asks for them.
    private static async Task<Plan> ListedAsync(Plan plan, Surveyed surveyed, Surroundings around, CancellationToken cancellationToken)
    {
        around.View.Say($"{surveyed.Job.Migration.Name}: every directory is listed for hard links: a call each, and one more for each thousand entries in it");
        return await surveyed.Source.ListLinkedNamesAsync(EntryPath.Root, _ => false, cancellationToken) is { } names
            ? plan with { Linked = LinkedNames.Torn(plan.Buckets, LinkedNames.SetsOf(names)) }
            : plan with { Notes = plan.Notes.Add(new(TreeNoteKind.HardLinks, EntryPath.Root, AtRisk)) };
    }
}

using QSplit.Partitioning;
using QSplit.Preflights;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>What becomes of hard links, where the manifest asks that they be kept.</summary>
internal static class HardLinkRules
{
    private const string AtRisk =
        "--hard-links is among the options, but a cluster does not tell which names share a file: those that are in one bucket are kept, those in different ones become files of " +
        "their own. With 'buckets: 1', or from the mounted directory in place of the cluster, all are kept.";

    private const string Forgone = "--hard-links is not used, since rsync would make one file of them: each name becomes a file of its own.";

    public static Plan Keep(Plan plan, Surveyed surveyed)
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
            _ when plan.Buckets.Length > 1 => plan with { Notes = plan.Notes.Add(new(TreeNoteKind.HardLinks, EntryPath.Root, AtRisk)) },
            _ => plan,
        };
    }
}

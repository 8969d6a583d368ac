using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Preflights;
using QSplit.Reports;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>What a verification says nothing about, in words and numbers: pure.</summary>
internal static class NotCovered
{
    /// <param name="found">What preflight found of the hosts that compare.</param>
    /// <returns>A phrase each, to follow "not covered:".</returns>
    public static ImmutableArray<string> Of(Plan plan, Migration migration, FleetFinding found) =>
    [
        .. InAll(plan, TreeNoteKind.LeftOut),
        .. Attributes(plan, migration.Options, found) is { Count: > 0 } attributes ? [string.Join(", ", attributes)] : ImmutableArray<string>.Empty,
        .. InAll(plan, TreeNoteKind.Flags),
        .. TargetMounts.Of(found).Mounts is { Length: > 0 } mounts
            ? [$"what is only on {Humane.Count(mounts.Length, "file system", "file systems")} mounted in the target, first {mounts[0]}"]
            : ImmutableArray<string>.Empty,
    ];

    private static List<string> Attributes(Plan plan, ImmutableArray<string> options, FleetFinding found)
    {
        List<string> all = [];
        if (!options.AskForAcls()) all.Add("ACLs");
        else if (found.Hosts.Any(host => host.Facts is { HasNfs4Acls: true })) all.Add("NFSv4 ACLs");
        if (options.Asking('X', "--xattrs") is null) all.Add("extended attributes");
        // rsync reports names that are not linked, and none that are.
        all.Add(options.Asking('H', "--hard-links") is null || plan.ForgoesHardLinks ? "hard links" : "names that are linked only on the target");
        if (!found.KeepsNanoseconds) all.Add("fractions of a second in times");
        return all;
    }

    // The note about the whole tree begins with the number of entries.
    private static IEnumerable<string> InAll(Plan plan, TreeNoteKind kind) => plan.Notes
        .Where(note => note.Kind == kind && note.Path.IsRoot)
        .Select(note => note.Text.Split(". ")[0]);
}

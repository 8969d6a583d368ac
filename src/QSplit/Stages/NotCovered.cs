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
        .. Notes(plan, TreeNoteKind.LeftOut, "directory", "directories", "left out by name"),
        .. Attributes(plan, migration.Options, found) is { Count: > 0 } attributes ? [string.Join(", ", attributes)] : ImmutableArray<string>.Empty,
        .. Notes(plan, TreeNoteKind.Flags, "entry", "entries", "with flags of the file system (chattr)"),
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
        if (options.Asking('H', "--hard-links") is null || plan.ForgoesHardLinks) all.Add("hard links");
        if (found.Hosts.Any(host => host is { IsUsable: true, KeepsNanoseconds: false })) all.Add("fractions of a second in times");
        return all;
    }

    // The plan keeps the first notes of a kind. The last one counts the others.
    private static IEnumerable<string> Notes(Plan plan, TreeNoteKind kind, string one, string many, string what)
    {
        var notes = plan.Notes.Where(note => note.Kind == kind).ToList();
        if (notes.Count == 0) yield break;
        var more = notes.Count > 1 && notes.Exists(note => note.Path.IsRoot) ? " or more" : "";
        yield return $"{Humane.Count(notes.Count, one, many)}{more} {what}, first {notes.First(note => notes.Count == 1 || !note.Path.IsRoot).Path}";
    }
}

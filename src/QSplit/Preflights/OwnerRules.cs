using System.Collections.Immutable;
using System.Globalization;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>Whether owners and groups are kept on a host's target: pure.</summary>
/// <remarks>Without root rsync gives no file to another user and says nothing; with a root that is squashed it fails at each
/// file.</remarks>
internal static class OwnerRules
{
    private const string Forgo = "or put --no-owner and --no-group into the options, if owners and groups do not matter";

    /// <summary>What it means for entries of the source that were looked at.</summary>
    public static IEnumerable<Finding> Of(HostFacts facts, ImmutableArray<string> options)
    {
        if (!Matter(options) || !facts.CanWrite) yield break;
        // Where nothing may be written, nothing was tried.
        if (facts.Owner is null)
        {
            if (!facts.IsRoot && options.Asking(null, "--super") is null) yield return Finding.Warning($"Owners cannot be kept: user " +
                $"{facts.User} is not root. Run rsync as root, {Forgo}.");
            yield break;
        }
        if (!IsRefused(facts)) yield break;
        var (lost, all) = (Lost(facts, facts.Owners, options), facts.Owners.Sum(owner => owner.Entries));
        yield return lost == 0
            ? Finding.Warning($"{What(facts, options)}. All entries of the source that were looked at ({Count(all)}) belong to what " +
                $"they would get: for those nothing is lost. Run rsync as root, {Forgo}.")
            : Finding.Problem($"{What(facts, options)}. {Count(lost)} of {Count(all)} entries of the source that were looked at " +
                $"belong to others. {Remedy(facts)}, {Forgo}.");
    }

    /// <summary>What it means for a planned tree; null where all entries keep their owners, as far as that is known.</summary>
    public static Finding? Of(HostFacts facts, ImmutableArray<OwnerCount> owners, ImmutableArray<string> options)
    {
        if (!Matter(options) || facts is not { CanWrite: true, Owner: not null } || !IsRefused(facts)) return null;
        return Lost(facts, owners, options) is > 0 and var lost
            ? Finding.Problem($"{What(facts, options)}. {Count(lost)} planned entries belong to others. {Remedy(facts)}, {Forgo}.")
            : null;
    }

    // With --fake-super they are kept as an attribute.
    private static bool Matter(ImmutableArray<string> options) =>
        options.Asking(null, "--fake-super") is null && !(options.Forgo('o', "owner") && options.Forgo('g', "group"));

    // What comes back as somebody else, and was not refused, is mapped: that of others may come back right.
    private static bool IsRefused(HostFacts facts) =>
        facts.Owner is { } owner && owner != HostQuestion.StrangeOwner && (facts.OwnerExit != 0 || !facts.IsRoot);

    private static long Lost(HostFacts facts, ImmutableArray<OwnerCount> owners, ImmutableArray<string> options)
    {
        var own = facts.Owner!.Split(':').Select(word => uint.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number
            : uint.MaxValue).ToArray();
        var (keepsUsers, keepsGroups) = (options.Forgo('o', "owner"), options.Forgo('g', "group"));
        var groups = facts.IsRoot ? [own[^1]] : facts.Groups.Add(own[^1]);
        return owners.Where(owner => (!keepsUsers && owner.User != own[0]) || (!keepsGroups && !groups.Contains(owner.Group)))
            .Sum(owner => owner.Entries);
    }

    private static string What(HostFacts facts, ImmutableArray<string> options)
    {
        var what = options.Forgo('o', "owner") ? "Groups" : options.Forgo('g', "group") ? "Owners" : "Owners and groups";
        return facts.IsRoot
            ? $"{what} cannot be kept in {facts.WritingPlace}: rsync may not change them there (root is squashed, or the file system " +
                $"has no owners)"
            : $"{what} cannot be kept in {facts.WritingPlace}: rsync runs as user {facts.User}, and only root may give files to others";
    }

    private static string Remedy(HostFacts facts) => facts.IsRoot ? "Export it with no_root_squash, or use a file system that has owners"
        : "Run rsync as root";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

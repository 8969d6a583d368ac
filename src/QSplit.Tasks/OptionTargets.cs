using System.Collections.Immutable;
using QSplit.Manifests;

namespace QSplit.Tasks;

/// <summary>Which options are for which targets. One that a target does not read would be taken for granted: somebody who says <c>--dry-run</c> wants nothing to be done.</summary>
internal static class OptionTargets
{
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Of = new Dictionary<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase)
    {
        ["plan"] = ["Migrate", "DryRun"],
        ["accept-drift"] = ["Migrate", "DryRun", "Sync", "Cutover"],
        ["deletes"] = ["DryRun", "Sync", "Cutover"],
        ["since"] = ["Sync"],
        ["accept-incomplete"] = ["Sync"],
        ["retry"] = ["Sync", "Migrate"],
        ["offline"] = ["DryRun"],
        ["exit-code"] = ["DryRun"],
        ["sample"] = ["Verify"],
        ["seed"] = ["Verify"],
        ["repair"] = ["Verify"],
        ["frozen"] = ["Cutover"],
        ["accept"] = ["Cutover"],
        ["by"] = ["Cutover"],
        ["key"] = ["Cutover"],
        ["dry-run"] = ["Cutover"],
        ["evidence"] = ["Audit"],
        ["signers"] = ["Audit"],
        ["digest"] = ["Audit"],
        ["fresh"] = ["Migrate", "Sync", "Verify", "Cutover"],
        ["run"] = ["Status", "Report", "Errors"],
        ["json"] = ["Status"],
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    // A task of somebody else's may make of them what it likes.
    private static readonly ImmutableHashSet<string> Known =
        ["Validate", "Preflight", "Plan", "DryRun", "Migrate", "Sync", "Verify", "Cutover", "Audit", "Status", "Errors", "Report"];

    /// <param name="given">The options of the command line.</param>
    /// <param name="targets">What it asks for.</param>
    /// <exception cref="ManifestException">One of them is for another target.</exception>
    public static void Require(IEnumerable<string> given, ImmutableArray<string> targets)
    {
        if (targets.IsEmpty || !targets.All(target => Known.Contains(target, StringComparer.OrdinalIgnoreCase))) return;
        if (given.FirstOrDefault(name => Of.TryGetValue(name, out var readers) && !readers.Any(reader => targets.Contains(reader, StringComparer.OrdinalIgnoreCase))) is not { } foreign) return;
        var of = Of[foreign];
        throw new ManifestException(
            $"--{foreign} is for {string.Join(" and ", of.Select(target => $"--target={target}"))}: {string.Join(", ", targets)} does not read it, and nothing was done." +
            (foreign.Equals("dry-run", StringComparison.OrdinalIgnoreCase) ? " What a run would do is told by: --target=DryRun" : ""));
    }
}

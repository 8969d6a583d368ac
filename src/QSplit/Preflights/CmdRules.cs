using QSplit.Partitioning;

namespace QSplit.Preflights;

/// <summary>What a Windows host's answer comes to: pure.</summary>
internal static class CmdRules
{
    public static IEnumerable<Finding> Of(HostFacts facts, PreflightRequest request)
    {
        if (facts.Down is { } down) return [Finding.Warning(down)];
        if (facts.Unfit is not null) return [Finding.Problem($"{facts.Place} did not get the batch file that it was sent. Can the folder for temporary files of that account (%TEMP%) be written in, and has it room?")];
        return [.. Program(facts), .. Source(facts, request), .. Target(facts)];
    }

    private static IEnumerable<Finding> Program(HostFacts facts)
    {
        if (facts.Lacks.Contains("robocopy")) yield return Finding.Problem("robocopy was not found: is its folder (System32) on PATH?");
    }

    private static IEnumerable<Finding> Source(HostFacts facts, PreflightRequest request)
    {
        if (facts.SourceState != SourceState.There)
            yield return Finding.Problem(
                $"The source of migration {request.Migration}, {facts.Source}, is not there or is not a directory. Over ssh there are no drives that a person connected, and with a key no rights on other machines unless the account has its own there. Try on it: dir \"{facts.Source}\"");
        else if (Witnesses.WhyNotTheTree(facts.Source, request.Witnesses, facts.Counted) is { } why) yield return Finding.Problem(why);
    }

    // Only the target itself is made: a missing parent is a typing error, or a share that is not to be reached.
    private static IEnumerable<Finding> Target(HostFacts facts)
    {
        if (facts.TargetState == TargetState.Nowhere) yield return Finding.Problem($"The target is to be {facts.Target}, but {facts.Parent} is not there. Can the account reach it? Make it, if it is to be made: mkdir \"{facts.Parent}\"");
        else if (facts.TargetState == TargetState.Other) yield return Finding.Problem($"The target {facts.Target} is there and is not a directory. Move it away, or name another target.");
        else if (!facts.CanWrite) yield return Finding.Problem($"{facts.WritingPlace} cannot be written in. Has the account the right to, also by the share's own permissions, and is there room?");
    }
}

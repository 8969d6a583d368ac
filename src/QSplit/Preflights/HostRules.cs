using System.Collections.Immutable;
using QSplit.Partitioning;
using QSplit.Processes;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>What one host's answer comes to, without a look at the others: pure.</summary>
internal static class HostRules
{
    private static readonly TimeSpan MostClockDifference = TimeSpan.FromSeconds(5);

    public static IEnumerable<Finding> Of(HostFacts facts, PreflightRequest request)
    {
        if (facts.Down is { } down) return [Finding.Warning(down)];
        if (facts.Unfit is { } unfit) return [Finding.Problem(unfit)];
        ImmutableArray<Finding> needed = [.. Tools(facts), .. RsyncRules.Of(facts, request.Options), .. Source(facts, request), .. Target(facts), .. Overlap.Find(facts, new NamePatterns(request.LeaveOut))];
        return
        [
            .. needed,
            // It may fail by what is a problem already.
            .. needed.Any(finding => finding.Severity == Severity.Problem) ? [] : new[] { RsyncRules.OfTrial(facts, request.Options) }.OfType<Finding>(),
            .. TargetMounts(facts),
            .. Acls(facts, request.Options),
            .. Attributes(facts, request.Options),
            .. RoomRules.Of(facts, request.Reserve, request.Expected, request.Options),
            .. DefaultAcls(facts, request.Options),
            .. OwnerRules.Of(facts, request.Options),
            .. Clock(facts),
        ];
    }

    /// <summary>Whether its source can be compared with that of others.</summary>
    public static bool HasTree(HostFacts facts, PreflightRequest request) => facts.Down is null && facts.Unfit is null && !Source(facts, request).Any(f => f.Severity == Severity.Problem);

    private static IEnumerable<Finding> Tools(HostFacts facts)
    {
        var missing = facts.Lacks.Except(["timeout", "stat", "rsync"]).ToList();
        if (missing.Count > 0) yield return Finding.Problem($"{string.Join(", ", missing)}: not installed, or not on PATH. Install what is missing: apt-get install coreutils grep sed");
        if (facts.Lacks.Contains("timeout")) yield return Finding.Warning("timeout is not installed: a connection that is cut without a word is not noticed. Install it: apt-get install coreutils");
        if (facts.Lacks.Contains("stat")) yield return Finding.Note("There is no stat -c: whether the trees are those of other hosts, and what becomes of modes and times, is not known. Install it: apt-get install coreutils");
    }

    private static IEnumerable<Finding> Source(HostFacts facts, PreflightRequest request)
    {
        if (facts.SourceState == SourceState.Missing) yield return Finding.Problem($"The source of migration {request.Migration}, {facts.Source}, is not there or is not a directory. Is it mounted?");
        else if (facts.SourceState == SourceState.Shut) yield return Finding.Problem($"The source of migration {request.Migration}, {facts.Source}, cannot be entered and read by user {facts.User}. Give that user the right to, or sign in as another.");
        else if (Witnesses.WhyNotTheTree(facts.Source, request.Witnesses, facts.Counted) is { } why) yield return Finding.Problem(why);
        else if (facts.IsSourceEmpty) yield return Finding.Warning($"The source of migration {request.Migration}, {facts.Source}, is empty. Is it mounted?");
    }

    // Only the target itself is made: a missing parent is a typing error, or a file system that is not mounted.
    private static IEnumerable<Finding> Target(HostFacts facts)
    {
        if (facts.TargetState == TargetState.Nowhere) yield return Finding.Problem($"The target is to be {facts.Target}, but {facts.Parent} is not there. Mount it, or make it: mkdir -p {ShellQuote.Quote(facts.Parent)}");
        else if (facts.TargetState == TargetState.Other) yield return Finding.Problem($"The target {facts.Target} is there and is not a directory. Move it away, or name another target.");
        else if (!facts.CanWrite) yield return Finding.Problem($"{facts.WritingPlace} cannot be written in by user {facts.User}{(facts.WriteError.Length > 0 ? $": {facts.WriteError}" : "")}. Is it mounted for writing, has it room, and has that user the right to?");
    }

    private static IEnumerable<Finding> TargetMounts(HostFacts facts)
    {
        var mounts = facts.Mounts.Where(mount => mount.InTarget).ToList();
        if (mounts.Count == 0) yield break;
        yield return Finding.Warning(
            $"{(mounts.Count == 1 ? "Another file system is" : $"{mounts.Count} other file systems are")} mounted below the target, first {facts.Target}/{mounts[0].Path} ({mounts[0].Type}): " +
            "what is only on it is neither listed nor deleted. To have that, too, give each file system a migration of its own.");
    }

    private static IEnumerable<Finding> Acls(HostFacts facts, ImmutableArray<string> options)
    {
        const string Text = "The source has NFSv4 ACLs (system.nfs4_acl), which rsync does not copy, with or without --acls: what they say beyond the mode is not on the target.";
        if (facts.HasNfs4Acls) yield return options.AskForAcls() ? Finding.Warning($"{Text} Copy them with nfs4_getfacl and nfs4_setfacl after the cutover.") : Finding.Note(Text);
    }

    // Not all targets that lack them say so to the option that copies them: what is not asked for is named, too.
    private static IEnumerable<Finding> Attributes(HostFacts facts, ImmutableArray<string> options)
    {
        var (entries, attributes, acls) = facts.Sample;
        if (attributes > 0 && !options.AskForXattrs()) yield return Finding.Warning($"{attributes} of {entries} entries of the source " +
            $"that were looked at have extended attributes (user.*), which are not copied without --xattrs.");
        if (acls > 0 && !options.AskForAcls()) yield return Finding.Warning($"{acls} of {entries} entries of the source that were " +
            $"looked at have ACLs, which are not copied without --acls.");
    }

    // What rsync sets itself is not concerned: with --acls it sets the whole ACL.
    private static IEnumerable<Finding> DefaultAcls(HostFacts facts, ImmutableArray<string> options)
    {
        if (facts.DefaultAcls.IsEmpty || options.AskForAcls()) yield break;
        yield return Finding.Warning(
            $"{(facts.DefaultAcls.Length == 1 ? "1 directory of the target has a default ACL that names users or groups" : $"{facts.DefaultAcls.Length} directories of the target have default ACLs that name users or groups")}, " +
            $"first {facts.DefaultAcls[0].TrimEnd('.').TrimEnd('/')}: what is created below gets these ACL entries, which the source " +
                $"does not have. Remove them (setfacl -k), or put --acls into the options.");
    }

    private static IEnumerable<Finding> Clock(HostFacts facts)
    {
        if (facts.ClockDifference is { } difference && difference.Duration() > MostClockDifference)
            yield return Finding.Warning($"Its clock is {Math.Round(difference.Duration().TotalSeconds)} s {(difference > TimeSpan.Zero ? "ahead of" : "behind")} this machine's: times of what is new will be wrong. Does it keep time (chrony, ntpd)?");
    }
}

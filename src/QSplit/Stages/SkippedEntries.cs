using System.Collections.Immutable;
using System.Globalization;
using QSplit.Fleets;
using QSplit.Manifests;
using QSplit.Preflights;
using QSplit.Runs;
using QSplit.Scripts;
using QSplit.Transfers;
using QSplit.Transports;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>
/// What an attempt leaves out because rsync would give up at it, or would do harm. Each entry is an exception with its reason.
/// </summary>
internal static class SkippedEntries
{
    private const int MostOfOneQuestion = 2000;

    // Of the attempts that a bucket has where rsync gives up at an entry.
    private const int FewTries = 4;
    private const int SomeTries = 8;
    private const int ManyTries = 14;

    /// <summary>The attempt without what is to be left out.</summary>
    public static async Task<Transfer> LeaveOutAsync(RunSession session, Transfer transfer, Host host, CancellationToken cancellationToken)
    {
        var (list, tooLong) = EntryList.WithoutTooLong(transfer.List);
        transfer = transfer with
        {
            List = list,
            Skipped = [.. tooLong.Select(path => Skip(path, ExceptionClass.PathTooLong, $"its path is longer than {LongPaths.Most:N0} bytes"))],
        };
        if (transfer.NamesUnread) return WithoutUnread(session, transfer);
        if (transfer.Pass is not (Pass.Open or Pass.Baseline or Pass.Seal) || transfer.Paths.Pretence is not null) return transfer;
        var own = Widened(session, transfer, [.. Own(session, transfer.Work)]).Select(failure => failure with { Skipped = true });
        var links = await LinksInTheWayAsync(session, transfer, host, cancellationToken);
        var appendOnly = await InAppendOnlyAsync(session, transfer, host, cancellationToken);
        ImmutableArray<FailedEntry> skipped = [.. own, .. Clashes(session, transfer, host), .. links, .. appendOnly];
        // The levels have among them what buckets left out.
        var ofOthers = transfer.Pass == Pass.Seal
            ? session.Run.Exceptions.Where(entry => entry.Skipped || entry.Class == ExceptionClass.ReadError)
            : [];
        // A shared directory that cannot be read is not left out: others lie below it.
        var levels = transfer.Pass == Pass.Seal ? session.Plan.Levels.ToHashSet() : [];
        ImmutableArray<EntryPath> paths =
        [
            .. skipped.Concat(ofOthers).Select(entry => (entry.Class, Path: EntryPath.Parse(entry.Path)))
                .Where(entry => entry.Class != ExceptionClass.ReadError || !levels.Contains(entry.Path)).Select(entry => entry.Path).Distinct(),
        ];
        return transfer with
        {
            List = EntryList.Without(transfer.List, paths.ToHashSet()),
            Paths = transfer.Paths with { Skipped = paths },
            Skipped = [.. transfer.Skipped, .. skipped],
        };
    }

    // rsync looks for nothing that is only on the target where it could not read something.
    private static Transfer WithoutUnread(RunSession session, Transfer transfer)
    {
        if (session.Run.StateOf(transfer.Work).Last is not TransferOutcome.Partial { Complete: true } last) return transfer;
        ImmutableArray<EntryPath> paths = [.. last.Failures.Select(failure => EntryPath.Parse(failure.Path)).Where(path => !path.IsRoot).Distinct()];
        var unread = last.Failures.Where(failure => !EntryPath.Parse(failure.Path).IsRoot).Select(failure => failure with { Skipped = true });
        return transfer with
        {
            List = EntryList.Without(transfer.List, paths.ToHashSet()),
            Paths = transfer.Paths with { Skipped = paths },
            Skipped = [.. transfer.Skipped, .. unread],
        };
    }

    // What could not be read is not read again on the same host in the same session: rsync itself has tried twice.
    private static IEnumerable<FailedEntry> Own(RunSession session, WorkUnit work) => session.Run.StateOf(work).Last switch
    {
        TransferOutcome.Partial { GaveUp: true } last => last.Failures,
        TransferOutcome.Partial last when session.Job.Hosts.Length == 1 && session.Fleet.Retries.ContainsKey(work) =>
            last.Failures.Where(failure => failure.Class == ExceptionClass.ReadError),
        _ => [],
    };

    // rsync gives up at each file for which there is no room. Smaller ones may fit, so a few are left out one by one, and then all that goes to the
    // full file system. Where it gives up again and again for other reasons, what is around such an entry is left out with it: a bucket comes to
    // its end within the attempts that it has.
    private static IEnumerable<FailedEntry> Widened(RunSession session, Transfer transfer, ImmutableArray<FailedEntry> failures)
    {
        if (session.Run.StateOf(transfer.Work).Last is not TransferOutcome.Partial { GaveUp: true }) return failures;
        var mounts = TargetMounts.Of(session.Findings).Mounts;
        var tries = session.Fleet.Retries.TryGetValue(transfer.Work, out var retry) ? retry.Partials : 0;
        var listed = EntryList.Read(transfer.List).ToHashSet();
        return failures.SelectMany(failure => Around(failure)).DistinctBy(failure => failure.Path);

        IEnumerable<FailedEntry> Around(FailedEntry failure)
        {
            var path = EntryPath.Parse(failure.Path);
            var full = failure.Class == ExceptionClass.Quota && tries > FewTries ? mounts.Where(path.IsWithin).OrderByDescending(mount => mount.Depth).Take(1).ToList() : [];
            var around = full is [var mount] ? mount
                : tries > ManyTries ? path.Upwards().First(at => listed.Contains(at) || at.IsRoot)
                : tries > SomeTries && !listed.Contains(path) ? path.Parent
                : path;
            if (around == path) return [failure];
            var reason = $"left out because of {path}: {failure.Reason}";
            // Of a directory that several buckets share each leaves out its own part.
            return listed.Any(around.IsWithin)
                ? [failure, failure with { Path = around.ToString(), Reason = reason }]
                : [failure, .. listed.Where(at => at.IsWithin(around)).Select(at => failure with { Path = at.ToString(), Reason = reason })];
        }
    }

    // The second of two names would overwrite the first. Two directories become one.
    private static IEnumerable<FailedEntry> Clashes(RunSession session, Transfer transfer, Host host)
    {
        var clashes = session.Plan.CaseClashes;
        if (transfer.Pass != Pass.Baseline
            || session.Findings.Of(host.Name) is not { Folds: not NameFolding.None and var folds }) return [];
        clashes = [.. clashes.Where(clash => folds.HasFlag(clash.Folds))];
        if (clashes.Length > CaseClashes.Most)
        {
            throw new StorageException(
                $"The target folds {ProbeRules.Words(folds)}, and more than {CaseClashes.Most:N0} names of the source differ only in " +
                    $"that from another, " +
                $"first {clashes[0].Path}. Use a target that tells them apart, or rename them.");
        }
        var listed = EntryList.Read(transfer.List).ToHashSet();
        return clashes.Where(clash => !clash.AreDirectories && clash.Path.Upwards().Any(listed.Contains)).Select(clash => Skip(
            clash.Path, ExceptionClass.Name, $"its name differs only in {ProbeRules.Words(clash.Folds)} from {clash.With}, and the " +
                $"target does not tell them apart"));
    }

    // rsync replaces a symbolic link by a directory without a word. It may lead to where somebody wants the data to be, or have it already.
    // With --keep-dirlinks it goes there, which is wrong where that has a name of its own in the target.
    private static async Task<IEnumerable<FailedEntry>> LinksInTheWayAsync(RunSession session, Transfer transfer, Host host, CancellationToken cancellationToken)
    {
        if (transfer.Pass == Pass.Seal || session.Findings.Of(host.Name) is not { Facts.HoldsSomething: true }) return [];
        var links = new List<FailedEntry>();
        var options = session.Job.Migration.Options;
        var keeps = options.Asking('K', "--keep-dirlinks") is not null;
        var insecure = options.Asking(null, "--insecure-links") is null ? " (since rsync 3.5.0 with --insecure-links)" : "";
        var reason = keeps
            ? "a symbolic link is in the place of this directory on the target, and leads to another directory of the target or the source, where it would be mixed with that: remove the link"
            : $"a symbolic link is in the place of this directory on the target: remove the link, or add --keep-dirlinks to 'options' to copy to where it leads{insecure}";
        var listener = new Listener(_ => { }, _ => { }, said => links.Add(Skip(
            EntryPath.FromBytes(System.Text.Encoding.UTF8.GetBytes(said["link ".Length..])), ExceptionClass.InTheWay, reason)));
        // A link may be a copy of one that the source had when that was copied. Those that are left from an earlier pass are none.
        List<FailedEntry> before = [.. session.LeftBefore.Where(entry => entry is { Skipped: true, Class: ExceptionClass.InTheWay })];
        if (!keeps) await AskAsync(Among(before, transfer), isDeep: false, LinkLeads.Anywhere);
        await AskAsync(
            EntryList.Read(transfer.List).Where(path => !path.IsRoot),
            isDeep: transfer.Pass == Pass.Baseline,
            keeps ? LinkLeads.In : session.Run.Started.Mode == RunMode.Copy ? LinkLeads.Anywhere : LinkLeads.Out);
        return links.DistinctBy(link => link.Path);

        async Task AskAsync(IEnumerable<EntryPath> paths, bool isDeep, LinkLeads leads)
        {
            foreach (var part in paths.Chunk(MostOfOneQuestion))
            {
                var question = TreeQuestion.LinksInTheWay(transfer.Paths.Source, transfer.Paths.Target, part, isDeep, leads);
                await session.Around.Hosts.To(host).RunAsync(question, listener, cancellationToken);
            }
        }
    }

    // rsync writes a temporary file. In a directory that only lets files be added it can neither rename nor remove that: each attempt would leave another.
    private static async Task<IEnumerable<FailedEntry>> InAppendOnlyAsync(
        RunSession session, Transfer transfer, Host host, CancellationToken cancellationToken)
    {
        var left = session.LeftBefore.Concat(session.Run.StateOf(transfer.Work).Left).Where(entry => entry.Class == ExceptionClass.Permission);
        var skipped = new List<FailedEntry>();
        foreach (var part in Among([.. left], transfer).Distinct().Chunk(MostOfOneQuestion))
        {
            var listener = new Listener(_ => { }, _ => { }, said => skipped.Add(Skip(
                part[int.Parse(said.AsSpan("append ".Length), CultureInfo.InvariantCulture) - 1],
                ExceptionClass.Permission,
                "its directory on the target is append-only (chattr +a), so rsync cannot replace a file in it")));
            await session.Around.Hosts.To(host).RunAsync(TreeQuestion.InAppendOnly(transfer.Paths.Target, part), listener, cancellationToken);
        }
        return skipped;
    }

    private static IEnumerable<EntryPath> Among(List<FailedEntry> entries, Transfer transfer)
    {
        if (entries.Count == 0) return [];
        var listed = EntryList.Read(transfer.List).ToHashSet();
        return entries.Select(entry => EntryPath.Parse(entry.Path)).Where(path => path.Upwards().Any(listed.Contains));
    }

    private static FailedEntry Skip(EntryPath path, ExceptionClass of, string reason) => new(path.ToString(), reason) { Class = of, Skipped = true };
}

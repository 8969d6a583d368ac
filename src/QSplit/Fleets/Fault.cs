using System.Text.RegularExpressions;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Transports;

namespace QSplit.Fleets;

/// <summary>How an attempt failed on a host, so that failures on different hosts can be compared.</summary>
/// <param name="Key">
/// Equal for failures of the same kind: the exit code and rsync's first line, without names, numbers and versions. A failure of ssh is never
/// equal to one on another host.
/// </param>
/// <param name="Words">The first line, for messages.</param>
/// <param name="At">When the attempt ended.</param>
internal sealed partial record Fault(string Key, string Words, int ExitCode, DateTimeOffset At)
{
    private const int PartOnly = 23;

    /// <summary>Whether the attempt took less than a second, or less than a hundredth of what was estimated.</summary>
    public bool IsAtOnce { get; init; }

    /// <summary>Whether nothing but other hosts can tell whether this host or the work is at fault.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>Whether rsync itself reported it, and may do so for any work: the arguments or the mounts can be the reason.</summary>
    public bool MayBeArguments { get; init; }

    /// <summary>Whether rsync went on to its end and left some entries.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether rsync refused its arguments.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>Whether the source could not be read, so that the same host would find the same.</summary>
    public bool IsUnread { get; init; }

    /// <summary>Whether it counts as one of the attempts that the work has.</summary>
    public bool IsCounted { get; init; }

    /// <returns>Null where an attempt did not fail, or failed in a way that says nothing of the host or nothing of the work.</returns>
    public static Fault? Of(RunEvent.AttemptEnded ended, string host, TimeSpan estimate, DateTimeOffset now)
    {
        var isAtOnce = ended.Seconds < Math.Max(1, estimate.TotalSeconds / 100);
        return ended.Outcome switch
        {
            _ when ended.Lost => null,
            TransferOutcome.Partial { GaveUp: false } o when IsOfHost(o) => new(KeyOf(PartOnly, o), WordsOf(o), PartOnly, now)
            {
                IsAtOnce = isAtOnce,
                IsDoubtful = isAtOnce && !HasCopied(ended),
                IsPartial = true,
                IsUnread = IsUnreadable(o),
            },
            TransferOutcome.Refused { ExitCode: not 0 } o => new(KeyOf(o.ExitCode, o.Message), FirstLine(o.Message), o.ExitCode, now)
            {
                IsAtOnce = true,
                IsDoubtful = true,
                MayBeArguments = true,
                IsRefusal = true,
            },
            TransferOutcome.Transient { ExitCode: ScriptEnd.SshFailed } o => new($"{host} ssh", FirstLine(o.Message), o.ExitCode, now)
            {
                IsAtOnce = isAtOnce,
                IsDoubtful = isAtOnce,
            },
            TransferOutcome.Transient o => new(KeyOf(o.ExitCode, o.Message), FirstLine(o.Message), o.ExitCode, now)
            {
                IsAtOnce = isAtOnce,
                IsDoubtful = isAtOnce,
                MayBeArguments = o.ExitCode is not (RsyncExit.TimedOut or 35) && !RsyncExit.IsSignal(o.ExitCode),
            },
            _ => null,
        };
    }

    /// <summary>Whether an attempt copied all its entries, or more files than it failed at.</summary>
    public static bool HasCopied(RunEvent.AttemptEnded ended) =>
        ended.Outcome is TransferOutcome.Succeeded || (ended.Outcome is TransferOutcome.Partial partial && ended.Moved.Files > partial.Failures.Length);

    /// <summary>Whether the source could not be read and nothing else failed. rsync has tried twice itself. Another host may have another way to it.</summary>
    public static bool IsUnreadable(TransferOutcome.Partial partial) =>
        partial is { Complete: true, GaveUp: false, Failures.IsEmpty: false }
        && partial.Failures.All(failure => failure.Class == ExceptionClass.ReadError);

    public static string FirstLine(string message) => message.Split('\n')[0].Trim();

    // What the target or the entry itself is the reason of is the same on every host.
    private static bool IsOfHost(TransferOutcome.Partial partial) => partial.Failures.All(failure => !failure.Skipped && failure.Class
        is not (ExceptionClass.Quota or ExceptionClass.Name or ExceptionClass.PathTooLong)
        and not (ExceptionClass.LinkCount or ExceptionClass.Changed or ExceptionClass.InTheWay));

    private static string WordsOf(TransferOutcome.Partial partial) =>
        partial.Failures is [var first, ..] ? $"{first.Path}: {first.Reason}" : Reports.ProgressText.Reason(partial);

    private static string KeyOf(int exitCode, TransferOutcome.Partial partial) =>
        partial.Failures is [var first, ..] ? $"{exitCode} {first.Class} {first.Reason}" : KeyOf(exitCode, partial.Words);

    private static string KeyOf(int exitCode, string message) => $"{exitCode} {Particulars().Replace(FirstLine(message), "")}";

    [GeneratedRegex("""
        "[^"]*"|\[[^\]]*\]|\d+
        """, RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Particulars();
}

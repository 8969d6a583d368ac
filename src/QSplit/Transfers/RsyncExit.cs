using System.Collections.Immutable;

namespace QSplit.Transfers;

/// <summary>What an exit code of rsync, with what was said on standard error, means for the bucket.</summary>
internal static class RsyncExit
{
    /// <summary>rsync's own code for a wait that was too long.</summary>
    public const int TimedOut = 30;

    /// <summary>What is said of exit code 23 where nothing else is known.</summary>
    public const string PartOnly = "rsync exited 23 (partial transfer)";

    /// <param name="exitCode">rsync's, or the shell's or ssh's around it.</param>
    /// <param name="interrupted">Whether this program ended it.</param>
    /// <param name="errors">All that came on standard error.</param>
    public static TransferOutcome Read(int exitCode, bool interrupted, RsyncErrors errors) => exitCode switch
    {
        // Some failures do not change rsync's exit code: that of a directory for partial files, of an attribute that was not sent whole.
        0 when errors.Failures.IsEmpty => new TransferOutcome.Succeeded(errors.Vanished),
        _ when interrupted => new TransferOutcome.Interrupted(),
        _ when errors.NoSpace => new TransferOutcome.NoSpace(errors.LastWords),
        24 when errors.Failures.IsEmpty => new TransferOutcome.Succeeded(errors.Vanished),
        23 when errors is { Failures.IsEmpty: true, Complete: true, Vanished: > 0 } => new TransferOutcome.Succeeded(errors.Vanished),
        0 or 23 or 24 => Partial(errors),
        25 => new TransferOutcome.DeleteLimit(errors.LastWords),
        126 or 127 => new TransferOutcome.HostUnfit($"{Meaning(exitCode)}. {errors.LastWords}".TrimEnd()),
        // It gave up because of an entry that it names: that is no fault of the arguments, and other buckets can go on.
        1 or 3 or 4 when !errors.Failures.IsEmpty => GaveUp(errors),
        // One name too many of a file (hlink.c), or one that --iconv cannot convert (flist.c), is the end of rsync: 13 where it finds that, and 2 on the other side.
        2 or 13 when errors.Failures.Any(failure => failure.Class is ExceptionClass.LinkCount or ExceptionClass.Name) => GaveUp(errors),
        // So is a file that the target does not take (receiver.c, receive_data).
        11 when errors is { Failures.IsEmpty: false, IsFaultOfEntry: true } => GaveUp(errors),
        1 or 3 or 4 => new TransferOutcome.Refused(exitCode, errors.LastWords),
        // Also 20 and codes over 128 when nobody here asked for it: somebody or something (the kernel, short of memory) ended it.
        _ => new TransferOutcome.Transient(exitCode, $"{Meaning(exitCode)}. {errors.LastWords}".TrimEnd()),
    };

    /// <summary>Some entries are not across, and rsync went on to its end.</summary>
    public static TransferOutcome Partial(RsyncErrors errors) =>
        new TransferOutcome.Partial(errors.Failures, errors is { Complete: true, Failures.IsEmpty: false })
        {
            Words = errors.Failures.IsEmpty && errors.Unnamed.Length > 0 ? $"{PartOnly}: {errors.Unnamed}" : errors.Unnamed,
        };

    /// <summary>rsync ended well, but did not do all that it was given.</summary>
    /// <param name="why">In words.</param>
    public static TransferOutcome Incomplete(string why) => new TransferOutcome.Partial([], false) { Words = why };

    /// <summary>An outcome with what was left out of the attempt.</summary>
    public static TransferOutcome WithSkipped(TransferOutcome outcome, ImmutableArray<FailedEntry> skipped) => skipped.IsEmpty ? outcome : outcome switch
    {
        TransferOutcome.Succeeded => new TransferOutcome.Partial(skipped, true),
        TransferOutcome.Partial partial => partial with { Failures = [.. partial.Failures.Concat(skipped).DistinctBy(failure => failure.Path)] },
        _ => outcome,
    };

    /// <summary>rsync gave up because of entries that it names: others may be left too.</summary>
    public static TransferOutcome GaveUp(RsyncErrors errors) =>
        new TransferOutcome.Partial(errors.Failures, false) { Words = "rsync gave up there, so others may be left too", GaveUp = true };

    /// <summary>Whether a signal ended rsync, or the shell around it: one that the whole terminal got, or somebody's kill.</summary>
    public static bool IsSignal(int exitCode) => exitCode is 20 or > 128 and < 255;

    /// <summary>The code in words, after rsync(1), sh(1) and ssh(1).</summary>
    public static string Meaning(int exitCode) => exitCode switch
    {
        2 => "protocol incompatibility",
        5 => "error starting the client-server protocol",
        10 => "error in socket I/O",
        11 => "error in file I/O",
        12 => "error in the rsync protocol data stream",
        14 => "error in interprocess communication",
        20 => "ended by a signal",
        30 => "time-out in sending or receiving data",
        35 => "time-out in connecting",
        126 => "rsync cannot be executed",
        127 => "rsync was not found",
        255 => "ssh failed",
        > 128 => $"ended by signal {exitCode - 128}",
        _ => $"rsync exited {exitCode}",
    };
}

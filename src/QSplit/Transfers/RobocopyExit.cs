namespace QSplit.Transfers;

/// <summary>What robocopy's exit codes, joined over the jobs of a bucket, mean for it: bits, not numbers.</summary>
/// <remarks>The bits are those of learn.microsoft.com, "Exit (return) codes" of robocopy.</remarks>
internal static class RobocopyExit
{
    /// <summary>Something is a file on one side and a directory on the other: it was left alone.</summary>
    public const int Mismatched = 4;

    /// <summary>Some files or directories were not copied although that was tried again.</summary>
    public const int Failed = 8;

    /// <summary>Nothing was copied: robocopy does not take its arguments, or cannot reach one of the directories.</summary>
    public const int Fatal = 16;

    /// <summary>What cmd sets where it finds no such program.</summary>
    public const int NotFound = 9009;

    // 1: files were copied. 2: there are files that are not in the source. Neither says that anything is wrong.
    private const int AllBits = 31;

    /// <param name="code">The codes of all jobs, joined by or.</param>
    /// <param name="interrupted">Whether this program ended it.</param>
    /// <param name="output">All that was printed.</param>
    public static TransferOutcome Read(int code, bool interrupted, RobocopyOutput output)
    {
        if (code is >= 0 and < Mismatched) return new TransferOutcome.Succeeded(0);
        if (interrupted) return new TransferOutcome.Interrupted();
        // A missing program leaves other bits behind when it is joined with those of jobs before it; there are none before it.
        if (code == NotFound) return new TransferOutcome.HostUnfit("robocopy was not found: is its folder (System32) on PATH?");
        if (code is < 0 or > AllBits) return new TransferOutcome.Transient(code, $"robocopy ended with {code}, which is no code of its own: somebody or something ended it. {output.LastWords}".TrimEnd());
        if (output.NoSpace) return new TransferOutcome.NoSpace(output.LastWords);
        if (output.RefusedOption is { } refused) return new TransferOutcome.Refused(0, $"robocopy refused its arguments (exit {code}): {refused}");
        if (output.LostNetwork || (code & Fatal) != 0) return new TransferOutcome.Transient(code, $"{Meaning(code)}. {output.LastWords}".TrimEnd());
        // Which of the errors were overcome by trying again is not said: the whole bucket is tried again, which skips what is there.
        return new TransferOutcome.Partial(output.Failures, Complete: false);
    }

    /// <summary>The most that a code says, in words.</summary>
    public static string Meaning(int code) =>
        (code & Fatal) != 0 ? "robocopy could not begin: it does not take its arguments, or cannot reach source or target"
        : (code & Failed) != 0 ? "some files or directories were not copied"
        : (code & Mismatched) != 0 ? "something is a file on one side and a directory on the other"
        : "nothing went wrong";
}

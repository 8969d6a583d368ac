namespace QSplit.Transports;

/// <summary>How a script on a host ended.</summary>
/// <param name="ExitCode">The script's own when <paramref name="IsKnown"/>; that of ssh or of the shell otherwise.</param>
/// <param name="Began">Whether the script was heard to begin. If not, what it was to do was not done, unless the connection went in the very moment.</param>
/// <param name="IsKnown">Whether the script itself said how it ended: then nothing of it runs any more.</param>
/// <param name="WasInterrupted">Whether it was ended because the run was.</param>
/// <param name="Words">What else was heard: of ssh, of a login shell; the last lines.</param>
internal sealed record ScriptEnd(int ExitCode, bool Began, bool IsKnown, bool WasInterrupted, TimeSpan Elapsed, string Words)
{
    /// <summary>What ssh exits with when it is ssh that failed (ssh(1)).</summary>
    public const int SshFailed = 255;

    private bool WasSent { get; init; } = true;

    /// <summary>Whether something of it may run on, unheard.</summary>
    public bool IsLoose => WasSent && !IsKnown;

    /// <summary>The end of a script of which nothing went to the host.</summary>
    public static ScriptEnd NotSent(bool wasInterrupted, string words) =>
        new(SshFailed, false, false, wasInterrupted, TimeSpan.Zero, words) { WasSent = false };
}

/// <summary>Who hears a script: each line of its program's output and errors, and what the script itself says.</summary>
internal sealed record Listener(Action<string> Output, Action<string> Error, Action<string> Said);

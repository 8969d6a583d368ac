namespace QSplit.Scripts;

/// <summary>
/// What a host is to do: POSIX shell, as bytes, for it has names of entries in it. It goes to the host by standard input: nothing of it is on a
/// command line, where a login shell would read it in its own way and other people could.
/// </summary>
/// <param name="Body">Its last exit status is the script's. It may <c>say word...</c>, which its transport hears apart from all other output.</param>
/// <param name="Input">What comes by standard input behind the script, for a program that it starts.</param>
/// <param name="IsFenced">Whether it watches standard input behind that, to end what it started when its controller or the connection ends.</param>
internal sealed record Script(ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Input, bool IsFenced)
{
    /// <summary>Whether it is a batch file of Windows; then <c>echo %SAY% word...</c> says something, and it has neither input nor fence.</summary>
    public bool IsBatch { get; init; }

    /// <summary>A short one that needs no fence.</summary>
    public static Script Of(ScriptText body) => new(body.Bytes, default, false);
}

using System.Collections.Immutable;

namespace QSplit.Processes;

/// <summary>A program to start: an argument list, never a line for a shell.</summary>
/// <param name="Executable">A name to look up in PATH, or a path.</param>
/// <param name="Arguments">Each passed on as it is.</param>
/// <param name="Input">What the program reads from standard input; empty for nothing.</param>
/// <param name="HoldInput">Whether standard input stays open behind <paramref name="Input"/> until the program ends: a lifeline, whose end tells the program that this process is gone.</param>
/// <param name="Environment">The whole environment; nothing else is inherited.</param>
public sealed record Command(
    string Executable,
    ImmutableArray<string> Arguments,
    ReadOnlyMemory<byte> Input,
    bool HoldInput,
    ImmutableDictionary<string, string> Environment)
{
    /// <summary>How often a dot is written to a held standard input, so that the program notices a connection that was cut without a word; null for never.</summary>
    public TimeSpan? Beat { get; init; }

    /// <summary>The command as a person could type it, for logs.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Executable).Select(ShellQuote.Quote));
}

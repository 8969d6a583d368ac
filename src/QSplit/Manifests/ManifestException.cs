using System.Collections.Immutable;

namespace QSplit.Manifests;

/// <summary>The manifest or the command line is wrong; nothing was touched. Exit code 2.</summary>
public sealed class ManifestException : Exception
{
    public ManifestException(string message) : base(message)
    {
    }

    public ManifestException(string message, Exception inner) : base(message, inner)
    {
    }

    public ManifestException()
    {
    }

    /// <param name="problems">All that is wrong, by position; the message has a line for each.</param>
    public ManifestException(ImmutableArray<ManifestProblem> problems) : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>What is wrong and where; empty when the message says it all.</summary>
    public ImmutableArray<ManifestProblem> Problems { get; } = [];
}

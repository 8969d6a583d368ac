using System.Collections.Immutable;
using QSplit.Manifests;

namespace QSplit;

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

/// <summary>Something this program needs around it is missing or cannot be used: a mount, a tool, the run store. Exit code 3.</summary>
public sealed class StorageException : Exception
{
    public StorageException(string message) : base(message)
    {
    }

    public StorageException(string message, Exception inner) : base(message, inner)
    {
    }

    public StorageException()
    {
    }
}

/// <summary>Commands ran, and something is left to do. Exit code 1; the message says what, and how to go on.</summary>
public sealed class CommandFailedException : Exception
{
    public CommandFailedException(string message) : base(message)
    {
    }

    public CommandFailedException(string message, Exception inner) : base(message, inner)
    {
    }

    public CommandFailedException()
    {
    }
}

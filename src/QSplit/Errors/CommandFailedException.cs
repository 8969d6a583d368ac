namespace QSplit.Errors;

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

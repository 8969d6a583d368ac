namespace QSplit.Errors;

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

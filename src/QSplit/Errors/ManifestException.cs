namespace QSplit.Errors;

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
}

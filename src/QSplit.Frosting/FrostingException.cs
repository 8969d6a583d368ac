namespace Cake.Frosting;

/// <summary>The host was put together wrong.</summary>
public sealed class FrostingException : Exception
{
    public FrostingException()
    {
    }

    public FrostingException(string message) : base(message)
    {
    }

    public FrostingException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

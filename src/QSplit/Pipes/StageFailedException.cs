namespace QSplit.Pipes;

/// <summary>A stage threw. The message says which; the inner exception says why.</summary>
public sealed class StageFailedException : Exception
{
    public StageFailedException(string stage, Exception inner) : base($"Stage '{stage}' failed: {inner.Message}", inner) => Stage = stage;

    public StageFailedException() => Stage = "";

    public StageFailedException(string message) : base(message) => Stage = "";

    /// <summary>The name of the stage.</summary>
    public string Stage { get; }
}

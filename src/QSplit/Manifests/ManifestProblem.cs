namespace QSplit.Manifests;

/// <summary>One thing that is wrong with a manifest, and where.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Message">What is wrong: the key, what it must be, what it is.</param>
public sealed record ManifestProblem(string File, int Line, int Column, string Message)
{
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}

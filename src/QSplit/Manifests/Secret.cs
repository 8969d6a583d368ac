namespace QSplit.Manifests;

/// <summary>A password or token. Whatever prints it prints <c>***</c>; only <see cref="Reveal"/> gives it away.</summary>
public sealed record Secret
{
    private readonly string _value;

    public Secret(string value) => _value = value;

    /// <summary>A secret as a manifest writes it: <c>${env:NAME}</c> and <c>${file:path}</c> are looked up.</summary>
    /// <param name="directory">Where relative paths start.</param>
    /// <param name="environment">The value of an environment variable, or null.</param>
    /// <exception cref="ManifestException">What it refers to is not there.</exception>
    public static Secret Resolve(string text, string directory, Func<string, string?> environment) => References.Resolve(text, directory, environment) switch
    {
        { Ok: true, Value: var value } => new(value),
        { Why: var why } => throw new ManifestException($"A secret {why}."),
    };

    /// <summary>The secret itself: for the one place that sends it, never for a message, a log or an argument list.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";
}

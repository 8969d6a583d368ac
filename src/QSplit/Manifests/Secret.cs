namespace QSplit.Manifests;

/// <summary>A password or token. Whatever prints it prints <c>***</c>; only <see cref="Reveal"/> gives it away.</summary>
public sealed record Secret
{
    private readonly string _value;

    public Secret(string value) => _value = value;

    /// <summary>The secret itself: for the one place that sends it, never for a message, a log or an argument list.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";
}

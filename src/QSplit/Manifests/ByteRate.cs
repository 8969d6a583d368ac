namespace QSplit.Manifests;

/// <summary>A number of bytes a second: <c>400MB/s</c>, <c>1.5GiB/s</c>; 1 or more.</summary>
public readonly record struct ByteRate(long BytesPerSecond)
{
    /// <summary>Reads a rate; a fraction of a byte is dropped.</summary>
    /// <exception cref="FormatException">The text is no rate, is zero or negative, or is more than a 64-bit number holds.</exception>
    public static ByteRate Parse(string text) => Read(text) switch
    {
        { Why: { } why } => throw new FormatException($"A rate {why}, is '{text}'."),
        var rate => rate.Value,
    };

    internal static Parsed<ByteRate> Read(string text)
    {
        if (!text.EndsWith("/s", StringComparison.Ordinal)) return new Wrong("must be a number of bytes a second, such as 400MB/s or 1.5GiB/s");
        return ByteUnits.Parse(text[..^2]).Then(bytes => bytes == 0 ? new Wrong("must be more than 0") : (Parsed<ByteRate>)new ByteRate(bytes));
    }

    /// <summary>A text that reads back as the same rate.</summary>
    public override string ToString() => ByteUnits.Write(BytesPerSecond) + "/s";
}

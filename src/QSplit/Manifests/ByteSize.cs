namespace QSplit.Manifests;

/// <summary>A number of bytes: <c>512</c>, <c>400MB</c> (10^6), <c>10GiB</c> (2^30), <c>1.5TB</c>.</summary>
public readonly record struct ByteSize(long Bytes)
{
    /// <summary>Reads a size; a fraction of a byte is dropped.</summary>
    /// <exception cref="FormatException">The text is no size, is negative, or is more than a 64-bit number holds.</exception>
    public static ByteSize Parse(string text) => Read(text) switch
    {
        { Why: { } why } => throw new FormatException($"A size {why}, is '{text}'."),
        var size => size.Value,
    };

    internal static Parsed<ByteSize> Read(string text) => ByteUnits.Parse(text).Then(bytes => (Parsed<ByteSize>)new ByteSize(bytes));

    /// <summary>A text that reads back as the same size.</summary>
    public override string ToString() => ByteUnits.Write(Bytes);
}

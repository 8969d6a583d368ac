namespace QSplit.Manifests;

/// <summary>Why a text is not what it should be, as the rest of a sentence: <c>must be 1 or more</c>.</summary>
internal sealed record Wrong(string Why);

/// <summary>A value that was read, or why not.</summary>
internal readonly struct Parsed<T>
{
    private readonly T? _value;

    private Parsed(T? value, string? why) => (_value, Why) = (value, why);

    /// <summary>The rest of a sentence on what is wrong; empty when that is reported already; null when there is a value.</summary>
    public string? Why { get; }

    public bool Ok => Why is null;

    public T Value => Ok ? _value! : throw new InvalidOperationException($"There is no value: it {Why}.");

    public Parsed<TNext> Then<TNext>(Func<T, Parsed<TNext>> next) => Why is { } why ? new Wrong(why) : next(Value);

    public static implicit operator Parsed<T>(T value) => new(value, null);

    public static implicit operator Parsed<T>(Wrong wrong) => new(default, wrong.Why);
}

using System.Diagnostics.CodeAnalysis;

namespace QSplit.Qumulo.Calls;

/// <summary>What came of a call: a value or a fault.</summary>
internal sealed record Reply<T>(T? Value, Fault? Fault) : IReply where T : class
{
    public static implicit operator Reply<T>(T value) => new(value, null);

    public static implicit operator Reply<T>(Fault fault) => new(null, fault);

    public bool Again { get; init; }

    /// <summary>The value, or the fault that is there in its place.</summary>
    public bool Is([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Fault? fault)
    {
        (value, fault) = (Value, Fault);
        return value is not null;
    }
}

/// <summary>What retrying sees of a reply.</summary>
internal interface IReply
{
    Fault? Fault { get; }

    /// <summary>Whether sending the same call again may help and can do no harm.</summary>
    bool Again { get; }
}

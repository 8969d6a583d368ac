using System.Text.Json.Serialization.Metadata;

namespace QSplit.Qumulo.Calls;

/// <summary>One call of the API, before it is sent.</summary>
/// <param name="Target">Path and query, sent byte for byte.</param>
/// <param name="About">What it is about, for people: <c>directory /music</c>.</param>
internal sealed record ApiCall<T>(string Target, string About, JsonTypeInfo<T> Answer) : ICallInfo where T : class
{
    /// <summary>JSON to post; null gets.</summary>
    public byte[]? Body { get; init; }

    /// <summary>What stands for the answer of a call that deletes, which may have no body; null for the other calls.</summary>
    public T? Deleted { get; init; }

    /// <summary>Whether it does no harm to send it again, though it may have arrived. A call that is not repeatable is not broken off either.</summary>
    public bool Repeatable { get; init; } = true;

    /// <summary>How long the cluster may be silent, where that is no sign of trouble; null for as long as in other calls.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>What an account must have for it; null where that is not known.</summary>
    public string? Privilege { get; init; }

    public string Words => $"{(Deleted is not null ? "DELETE" : Body is null ? "GET" : "POST")} {Target.Split('?')[0]}";

    /// <summary>The body may be a password.</summary>
    public override string ToString() => Words;
}

/// <summary>What can be said of a call to people: no query, no body.</summary>
internal interface ICallInfo
{
    string Words { get; }

    string About { get; }

    string? Privilege { get; }
}

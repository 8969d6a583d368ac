using System.Text.Json.Nodes;

namespace QSplit.Manifests;

/// <summary>A kind of value: how it is read, and what an editor may know of it.</summary>
/// <param name="Read">Reads the value at a place; what is wrong is reported by the caller, where the place is.</param>
/// <param name="Schema">A new JSON schema of it.</param>
internal sealed record ValueReader<T>(Func<Place, Parsed<T>> Read, Func<JsonObject> Schema)
{
    /// <summary>Reads the value, reports what is wrong with it, and leaves out the reason that has been said.</summary>
    public Parsed<T> ReadOrReport(Place place)
    {
        var parsed = Read(place);
        if (parsed.Why is not { Length: > 0 } why) return parsed;
        place.Report(why);
        return Said;
    }

    /// <summary>The same text with one more rule.</summary>
    public ValueReader<TNext> Then<TNext>(Func<Place, T, Parsed<TNext>> next, Func<JsonObject>? schema = null) =>
        new(place => Read(place).Then(value => next(place, value)), schema ?? Schema);

    /// <summary>What stands for a value whose problem is reported already.</summary>
    public static Wrong Said { get; } = new("");
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace QSplit.Manifests;

/// <summary>A mapping with known keys that becomes a record.</summary>
/// <param name="Keys">Every key, in the order in which people should see them.</param>
/// <param name="OneOf">Keys of which exactly one must be given; empty for no such rule.</param>
/// <param name="Check">Reports what no single key can know; runs whatever else is wrong.</param>
/// <param name="Build">Makes the record; runs when each required key was read. Null says that it cannot, which is reported already.</param>
internal sealed record Shape<T>(ImmutableArray<ManifestKey> Keys, ImmutableArray<ManifestKey> OneOf, Action<Fields> Check, Func<Fields, T?> Build)
    where T : class
{
    public ValueReader<T> Value => new(Read, Schema);

    private Parsed<T> Read(Place place)
    {
        if (place.Node is not Node.Mapping mapping) return place.But($"must be a mapping with the keys {string.Join(", ", Keys.Select(key => key.Name))}");
        var values = new Dictionary<ManifestKey, object?>();
        foreach (var entry in mapping.Entries)
        {
            if (Keys.FirstOrDefault(key => key.Name == entry.Name) is { } key) values[key] = key.Read(place.Child(entry));
            else ReportUnknown(place, entry);
        }
        foreach (var key in Keys.Where(key => key.Required && mapping[key.Name] is null))
            place.ReportAtKey($"needs '{key.Name}': {key.Description}");
        ReportOneOf(place, mapping);
        var fields = new Fields(place, mapping, values);
        Check(fields);
        var complete = Keys.All(key => !key.Required || values.GetValueOrDefault(key) is not null);
        return complete && Build(fields) is { } built ? built : ValueReader<T>.Said;
    }

    private void ReportUnknown(Place place, Node.Pair entry)
    {
        var where = place.Path.Length == 0 ? "" : $"{place.Path}: ";
        var suggestion = Nearest.Suggest(entry.Name, [.. Keys.Select(key => key.Name)], "no keys are known here");
        place.Reading.Report(entry.Position, $"{where}unknown key '{entry.Name}'{suggestion}");
    }

    private void ReportOneOf(Place place, Node.Mapping mapping)
    {
        if (OneOf.IsEmpty) return;
        var given = OneOf.Where(key => mapping[key.Name] is not null).Select(key => $"'{key.Name}'").ToArray();
        var names = OneOf.Select(key => $"'{key.Name}'").ToArray();
        var wanted = $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";
        if (given.Length == 0) place.ReportAtKey($"needs {wanted}");
        else if (given.Length > 1) place.ReportAtKey($"has {string.Join(" and ", given)}; it must have either {wanted}");
    }

    private JsonObject Schema()
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(Keys.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)key.Schema))),
            ["additionalProperties"] = false,
        };
        if (Keys.Any(key => key.Required)) schema["required"] = new JsonArray([.. Keys.Where(key => key.Required).Select(key => (JsonNode)key.Name)]);
        if (!OneOf.IsEmpty) schema["oneOf"] = new JsonArray([.. OneOf.Select(key => (JsonNode)new JsonObject { ["required"] = new JsonArray(key.Name) })]);
        return schema;
    }
}

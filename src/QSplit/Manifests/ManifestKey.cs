using System.Text.Json.Nodes;

namespace QSplit.Manifests;

/// <summary>A key of a mapping: the one place that says its name, kind, default and meaning, to the reader and to the schema alike.</summary>
internal abstract record ManifestKey(string Name, string Description, bool Required)
{
    /// <summary>The value of the key as an editor may check it, with the description and, where there is one, the default.</summary>
    public abstract JsonObject Schema { get; }

    /// <summary>Reads the key's value, boxed; null when it is wrong and reported.</summary>
    public abstract object? Read(Place place);
}

/// <inheritdoc cref="ManifestKey"/>
/// <param name="Default">What a manifest that leaves the key out means, as it would be written there; null means nothing at all.</param>
/// <param name="DefaultValue">The same as it is read.</param>
internal sealed record ManifestKey<T>(string Name, ValueReader<T> Value, string Description, bool Required, JsonNode? Default, T? DefaultValue)
    : ManifestKey(Name, Description, Required)
    where T : notnull
{
    public override JsonObject Schema
    {
        get
        {
            var schema = new JsonObject { ["description"] = Description };
            foreach (var (name, value) in Value.Schema()) schema[name] = value?.DeepClone();
            if (Default is not null) schema["default"] = Default.DeepClone();
            return schema;
        }
    }

    public override object? Read(Place place) => Value.ReadOrReport(place) is { Ok: true } parsed ? parsed.Value : null;
}

/// <summary>The ways to declare a key.</summary>
internal static class Keys
{
    public static ManifestKey<T> Required<T>(string name, ValueReader<T> value, string description) where T : notnull => new(name, value, description, true, null, default);

    /// <summary>A key whose absence has no value: read it with <see cref="Fields.Find{T}"/> or <see cref="Fields.FindValue{T}"/>.</summary>
    public static ManifestKey<T> Optional<T>(string name, ValueReader<T> value, string description) where T : notnull => new(name, value, description, false, null, default);

    public static ManifestKey<T> Optional<T>(string name, ValueReader<T> value, string description, JsonNode written, T read) where T : notnull =>
        new(name, value, description, false, written, read);
}

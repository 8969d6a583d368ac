namespace QSplit.Manifests;

/// <summary>The values of one mapping, by the keys that declare them.</summary>
internal sealed class Fields(Place place, Node.Mapping mapping, IReadOnlyDictionary<ManifestKey, object?> values)
{
    /// <summary>The mapping's own name: the key that it is under.</summary>
    public string Name => place.Name;

    public Place Place => place;

    /// <summary>Whether the key is written, rightly or not.</summary>
    public bool Has(ManifestKey key) => mapping[key.Name] is not null;

    /// <summary>Where the key is written, which it must be.</summary>
    public Place At(ManifestKey key) => place.Child(mapping[key.Name]!);

    /// <summary>The value of a key that is required or has a default.</summary>
    public T Get<T>(ManifestKey<T> key) where T : notnull => values.GetValueOrDefault(key) is T value ? value : key.DefaultValue!;

    /// <summary>The value, or null when the key is absent or wrong.</summary>
    public T? Find<T>(ManifestKey<T> key) where T : class => values.GetValueOrDefault(key) as T;

    /// <inheritdoc cref="Find{T}"/>
    public T? FindValue<T>(ManifestKey<T> key) where T : struct => values.GetValueOrDefault(key) as T?;
}

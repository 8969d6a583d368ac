namespace QSplit.Manifests;

/// <summary>A value of the manifest with the way to it.</summary>
/// <param name="Path">The keys and indexes that lead to it: <c>hosts.dtn1.slots</c>; empty for the whole.</param>
/// <param name="Name">The last key.</param>
/// <param name="Key">Where that key is written.</param>
/// <param name="Around">The mapping that it is in; of an item of a list, the one that the list is in. Null for the whole.</param>
internal sealed record Place(Node Node, string Path, string Name, Position Key, Reading Reading, Place? Around = null)
{
    public Place Child(Node.Pair entry) => new(entry.Value, Path.Length == 0 ? entry.Name : $"{Path}.{entry.Name}", entry.Name, entry.Position, Reading, this);

    public bool Has(ManifestKey key) => Node is Node.Mapping mapping && mapping[key.Name] is not null;

    /// <summary>The value of a key of it; null when there is none.</summary>
    public Place? Sub(string key) => Node is Node.Mapping mapping && mapping[key] is { } entry ? Child(entry) : null;

    public Place Item(int index, Node item) => new(item, $"{Path}[{index}]", Name, item.Position, Reading, Around);

    /// <summary>Reports <paramref name="why"/> at the value.</summary>
    public void Report(string why) => Reading.Report(Node.Position, $"{Subject} {why}");

    /// <summary>Reports at the key, for what is missing from the value or should not be there at all.</summary>
    public void ReportAtKey(string why) => Reading.Report(Key, $"{Subject} {why}");

    /// <summary>Why the value is not what it must be, ending in what it is; as it is written, not as a reference resolves.</summary>
    public Wrong But(string must) => new($"{must}, is {Node.Kind}");

    private string Subject => Path.Length == 0 ? "the manifest" : Path;
}

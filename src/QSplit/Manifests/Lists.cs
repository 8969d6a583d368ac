using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace QSplit.Manifests;

/// <summary>Lists of values, and mappings from names that a person chose.</summary>
internal static partial class Lists
{
    /// <summary>A list, each item once unless said otherwise. A wrong item is reported and left out, so that the others are still looked at.</summary>
    public static ValueReader<ImmutableArray<T>> ListOf<T>(ValueReader<T> item, bool once = true) where T : notnull => new(
        place =>
        {
            if (place.Node is not Node.Sequence list) return place.But("must be a list, such as [a, b]");
            var items = new List<T>();
            for (var index = 0; index < list.Items.Length; index++)
            {
                var at = place.Item(index, list.Items[index]);
                if (item.ReadOrReport(at) is not { Ok: true, Value: var value }) continue;
                if (once && items.Contains(value)) at.Report($"repeats {(value is string text ? $"'{text}'" : at.Node.Kind)}");
                else items.Add(value);
            }
            return items.ToImmutableArray();
        },
        () =>
        {
            var schema = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
            if (once) schema["uniqueItems"] = true;
            return schema;
        });

    /// <summary>A list, or one item without the list around it.</summary>
    public static ValueReader<ImmutableArray<T>> OneOrListOf<T>(ValueReader<T> item) where T : notnull
    {
        var list = ListOf(item, once: false);
        return new(
            place => place.Node is Node.Sequence ? list.Read(place) : item.Read(place).Then(one => (Parsed<ImmutableArray<T>>)ImmutableArray.Create(one)),
            () => new() { ["anyOf"] = new JsonArray(item.Schema(), list.Schema()) });
    }

    /// <summary>A mapping from names to records, in the order of the file.</summary>
    /// <param name="least">How many there must be.</param>
    public static ValueReader<ImmutableArray<T>> Named<T>(Shape<T> shape, int least) where T : class => new(
        place =>
        {
            if (place.Node is not Node.Mapping mapping) return place.But("must be a mapping of names");
            if (mapping.Entries.Length < least) return new Wrong("must have something under it");
            var items = ImmutableArray.CreateBuilder<T>();
            foreach (var entry in mapping.Entries)
            {
                var child = place.Child(entry);
                if (!Name().IsMatch(entry.Name))
                {
                    const string Must = "at most 100 letters, digits and . _ -, starting with a letter, a digit or _";
                    place.Reading.Report(entry.Position, $"{place.Path}: '{Node.Shorten(entry.Name)}' cannot be a name: {Must}");
                }
                if (shape.Value.ReadOrReport(child) is { Ok: true, Value: var item }) items.Add(item);
            }
            return items.ToImmutable();
        },
        () => new()
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = $"^{Scalars.NamePattern}$" },
            ["additionalProperties"] = shape.Value.Schema(),
            ["minProperties"] = least,
        });

    [GeneratedRegex("^" + Scalars.NamePattern + @"\z", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Name();
}

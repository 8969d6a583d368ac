using YamlDotNet.Serialization;

namespace QSplit.Tasks.Tests.Workflows;

/// <summary>A value of a YAML file; what is not there has no text, no items and no keys.</summary>
/// <param name="value">A string, a list, a dictionary, or null.</param>
internal sealed class Yaml(object? value)
{
    public static Yaml Load(string path) => new(new DeserializerBuilder().Build().Deserialize<object>(File.ReadAllText(path)));

    public Yaml this[string key] => new((value as IDictionary<object, object>)?.TryGetValue(key, out var found) == true ? found : null);

    public bool IsThere => value is not null;

    public string Text => value as string ?? "";

    /// <summary>The items of a list; of a single value, that one.</summary>
    public IEnumerable<Yaml> Items => value switch
    {
        null => [],
        IList<object> list => list.Select(item => new Yaml(item)),
        _ => [this],
    };

    /// <summary>The keys of a mapping with their values, in the file's order.</summary>
    public IEnumerable<(string Key, Yaml Value)> Entries =>
        value is IDictionary<object, object> map ? map.Select(entry => ((string)entry.Key, new Yaml(entry.Value))) : [];

    /// <summary>All texts in it with the way to each: <c>jobs.plan.steps[2].run</c>.</summary>
    public IEnumerable<(string Path, string Text)> Texts(string path = "") => value switch
    {
        string text => [(path, text)],
        IList<object> list => list.SelectMany((item, i) => new Yaml(item).Texts($"{path}[{i}]")),
        IDictionary<object, object> => Entries.SelectMany(entry => entry.Value.Texts(path.Length == 0 ? entry.Key : $"{path}.{entry.Key}")),
        _ => [],
    };
}

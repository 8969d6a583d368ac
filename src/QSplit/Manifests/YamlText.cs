using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace QSplit.Manifests;

/// <summary>Reads YAML into nodes: the one file that knows YamlDotNet.</summary>
/// <remarks>Parser events rather than the library's tree, which stops at the first duplicate key and spells aliases out.</remarks>
internal sealed class YamlText
{
    /// <summary>How many values a manifest may have, with its aliases written out.</summary>
    public const int MaxValues = 100_000;

    /// <summary>How deep values may be inside each other.</summary>
    public const int MaxDepth = 20;

    private readonly Action<Position, string> _report;
    private readonly Parser _events;
    private readonly Dictionary<AnchorName, Built> _anchors = [];
    private long _values;

    private YamlText(string text, Action<Position, string> report) =>
        (_report, _events) = (report, new Parser(new Scanner(new StringReader(text), skipComments: true)));

    /// <summary>A node, how many values it amounts to and how deep it goes, with its aliases written out.</summary>
    private readonly record struct Built(Node Node, long Values, int Depth);

    private sealed class TooMuchException(Position position, string message) : Exception(message)
    {
        public Position Position => position;
    }

    /// <summary>The one document of <paramref name="text"/>; null, with a report, when there is none or it is not YAML.</summary>
    public static Node? Read(string text, Action<Position, string> report)
    {
        var yaml = new YamlText(text, report);
        try
        {
            return yaml.ReadDocument();
        }
        catch (TooMuchException much)
        {
            report(much.Position, much.Message);
        }
        catch (YamlException broken)
        {
            var (position, message) = YamlMistakes.Explain(text, At(broken.Start), broken.Message);
            report(position, message);
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 16.3 throws this for a list that is never closed and followed by a key.
            var (position, message) = YamlMistakes.Explain(text, At(yaml._events.Current!.End), "a bracket or brace is not closed.");
            report(position, message);
        }
        return null;
    }

    /// <summary>Every value and key of a text that is YAML: where it is written, and what it says.</summary>
    public static IReadOnlyList<(Range Written, string Value)> ValuesIn(string text)
    {
        var (events, values) = (new Parser(new Scanner(new StringReader(text), skipComments: true)), new List<(Range, string)>());
        while (events.MoveNext())
            if (events.Current is Scalar scalar) values.Add(((int)scalar.Start.Index..(int)scalar.End.Index, scalar.Value));
        return values;
    }

    private Node? ReadDocument()
    {
        _events.Consume<StreamStart>();
        if (_events.Accept<StreamEnd>(out _))
        {
            _report(new(1, 1), "the manifest is empty; it starts with 'version: 1' and needs 'migrations:'");
            return null;
        }
        _events.Consume<DocumentStart>();
        var root = ReadNode("", 1).Node;
        _events.Consume<DocumentEnd>();
        if (_events.Accept<DocumentStart>(out var second))
            _report(At(second.Start), "a second document starts here; a manifest is one document, without '---' in it");
        return root;
    }

    private Built ReadNode(string path, int depth)
    {
        if (_events.Accept<AnchorAlias>(out var alias)) return Resolve(alias, depth);
        if (!_events.Accept<NodeEvent>(out var start)) throw new SemanticErrorException(_events.Current!.Start, _events.Current.End, "A value is missing.");
        var position = At(start.Start);
        Grow(position, 1, depth);
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific && !start.Tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal))
            _report(position, $"{Named(path)}the tag '{start.Tag.Value}' means nothing here; leave it out");
        var built = start switch
        {
            MappingStart => ReadMapping(path, depth),
            SequenceStart => ReadList(path, depth),
            _ => new Built(ReadScalar(), 1, 1),
        };
        if (!start.Anchor.IsEmpty) _anchors[start.Anchor] = built;
        return built;
    }

    private Built ReadMapping(string path, int depth)
    {
        var position = At(_events.Consume<MappingStart>().Start);
        var (values, below) = (1L, 0);
        var entries = new OrderedDictionary<string, Node.Pair>(StringComparer.Ordinal);
        var merged = new List<Node>();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            var at = _events.Accept<ParsingEvent>(out var next) ? At(next.Start) : position;
            var name = ReadNode(path, depth + 1).Node as Node.Scalar;
            if (name is null) _report(at, $"{Named(path)}a key must be a plain name");
            var value = ReadNode(name is null ? path : Join(path, name.Text), depth + 1);
            (values, below) = (values + value.Values, Math.Max(below, value.Depth));
            if (name is null) continue;
            if (name.Text == "<<")
                merged.AddRange(value.Node is Node.Sequence list ? list.Items : [value.Node]);
            else if (!entries.TryAdd(name.Text, new(name.Text, at, value.Node)) && entries[name.Text].Position is var first)
                _report(at, $"{Named(path)}duplicate key '{name.Text}'; it is already at {first.Line}:{first.Column}");
        }
        return new(new Node.Mapping(position, Merge(path, entries, merged)), values, below + 1);
    }

    /// <summary>Adds what <c>&lt;&lt;</c> brings: what is written out wins, then what comes first (yaml.org/type/merge.html).</summary>
    private ImmutableArray<Node.Pair> Merge(string path, OrderedDictionary<string, Node.Pair> entries, List<Node> merged)
    {
        foreach (var node in merged)
        {
            if (node is not Node.Mapping mapping)
                _report(node.Position, $"{Named(path)}'<<' must name a mapping or a list of mappings, is {node.Kind}");
            else
                foreach (var entry in mapping.Entries) entries.TryAdd(entry.Name, entry);
        }
        return [.. entries.Values];
    }

    private Built ReadList(string path, int depth)
    {
        var start = _events.Consume<SequenceStart>();
        var (values, below) = (1L, 0);
        var items = ImmutableArray.CreateBuilder<Node>();
        while (!_events.TryConsume<SequenceEnd>(out _))
        {
            var item = ReadNode($"{path}[{items.Count}]", depth + 1);
            (values, below) = (values + item.Values, Math.Max(below, item.Depth));
            items.Add(item.Node);
        }
        return new(new Node.Sequence(At(start.Start), items.ToImmutable()), values, below + 1);
    }

    private Node.Scalar ReadScalar()
    {
        var scalar = _events.Consume<Scalar>();
        return new(At(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL");
    }

    private Built Resolve(AnchorAlias alias, int depth)
    {
        _events.Consume<AnchorAlias>();
        var position = At(alias.Start);
        if (_anchors.TryGetValue(alias.Value, out var built))
        {
            Grow(position, built.Values, depth + built.Depth - 1);
            return built;
        }
        _report(position, $"nothing before this is called '&{alias.Value}', and an alias cannot be inside what it names");
        return new(new Node.Scalar(position, "", IsNull: true), 1, 1);
    }

    private void Grow(Position position, long values, int depth)
    {
        _values += values;
        if (_values > MaxValues)
            throw new TooMuchException(position, $"the manifest has more than {MaxValues:N0} values from here on, with its aliases written out; split it");
        if (depth > MaxDepth)
            throw new TooMuchException(position, $"values are more than {MaxDepth} levels deep from here on; a manifest needs 5");
    }

    private static Position At(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Named(string path) => path.Length == 0 ? "" : $"{path}: ";
}

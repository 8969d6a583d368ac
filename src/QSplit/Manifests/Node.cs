using System.Collections.Immutable;
using System.Globalization;

namespace QSplit.Manifests;

/// <summary>A place in the manifest's text; both from 1.</summary>
internal readonly record struct Position(int Line, int Column);

/// <summary>What a manifest's text says before anyone asks what it means. Aliases are the node that they name; merges are done.</summary>
internal abstract record Node(Position Position)
{
    /// <param name="IsNull">Whether nothing was written, or a plain <c>~</c> or <c>null</c>.</param>
    public sealed record Scalar(Position Position, string Text, bool IsNull) : Node(Position);

    public sealed record Sequence(Position Position, ImmutableArray<Node> Items) : Node(Position);

    /// <summary>Each name once, in the order of the text, merged entries last.</summary>
    public sealed record Mapping(Position Position, ImmutableArray<Pair> Entries) : Node(Position)
    {
        public Pair? this[string name] => Entries.FirstOrDefault(entry => entry.Name == name);
    }

    public sealed record Pair(string Name, Position Position, Node Value);

    /// <summary>What it is, for a message.</summary>
    public string Kind => this switch
    {
        Scalar { IsNull: true } => "empty",
        Scalar scalar => IsNumber(scalar.Text) ? scalar.Text : $"'{Shorten(scalar.Text)}'",
        Sequence => "a list",
        _ => "a mapping",
    };

    /// <summary>The node at the end of a path of names, or the last one on the way that is there.</summary>
    public Node Descend(params ReadOnlySpan<string> names)
    {
        var node = this;
        foreach (var name in names)
        {
            if (node is not Mapping mapping || mapping[name] is not { } entry) break;
            node = entry.Value;
        }
        return node;
    }

    private static bool IsNumber(string text) =>
        text.Length <= 20 && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    /// <summary>Enough of a text to know it by.</summary>
    public static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "...";
}

using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

/// <summary>An entry of a tree that tests make up; directories themselves take no bytes, so that sums are exact.</summary>
internal sealed record Node(ReadOnlyMemory<byte> Name, EntryKind Kind, long Bytes, ImmutableArray<Node> Children, bool Expandable)
{
    public Totals Totals { get; } = Children.Aggregate(new Totals(Bytes, Bytes, 1), (sum, child) => sum + child.Totals);

    public static Node File(string name, long bytes) => File(ByteText.Read(name), bytes);

    public static Node File(byte[] name, long bytes) => new(name, EntryKind.File, bytes, [], Expandable: false);

    public static Node Directory(string name, params IEnumerable<Node> children) => Directory(ByteText.Read(name), children);

    public static Node Directory(byte[] name, params IEnumerable<Node> children) => new(name, EntryKind.Directory, 0, [.. children], Expandable: true);

    public static Node Tree(params IEnumerable<Node> children) => Directory([], children);

    public IEnumerable<(EntryPath Path, Node Node)> Entries(EntryPath at = default) =>
        Children.SelectMany(child => child.Entries(at.Combine(child.Name.Span))).Prepend((at, this));

    public override string ToString() => $"{ByteText.Write(Name.Span)}:{(Kind == EntryKind.Directory ? $"({string.Join(' ', Children)})" : $"{Kind} {Bytes}")}";
}

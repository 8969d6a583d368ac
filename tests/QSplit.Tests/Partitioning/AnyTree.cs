using FsCheck;
using FsCheck.Fluent;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

/// <summary>Trees for property tests: every kind of entry, names that are hard on lists, empty directories, files of no and of any size.</summary>
internal static class AnyTree
{
    public static readonly byte[][] OddNames =
    [
        .. new[]
        {
            "#x", ";x", "-x", "--delete", " lead", "trail ", " ", "#", "a\tb", "a\\b", "\\#012", "'q\"", "$(x)", "`x`", "*", "?", "[a]", "{a,b}", ".. x", "...", "~", "!", "+ x",
            "- x", "host:x", "rsync:", "a\rb", "r\r", "\r", "a\nb", "n\n", "\n", "\u0001", "\u007f", "é", "😀", "a.b", "a-b", "a", "b", "a b",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
        [0xff, 0xfe], [(byte)'x', 0x80], [0xc3], [.. Enumerable.Repeat((byte)'l', 255)],
    ];

    private static readonly Gen<byte[]> Name = Gen.Frequency(
        (3, Gen.Elements(OddNames)),
        (2, Gen.Choose(1, 255).Select(b => (byte)b).Where(b => b != '/').NonEmptyListOf().Select(bytes => bytes.Take(255).ToArray()).Where(bytes => EntryPath.WhyNotAName(bytes) is null)));

    private static readonly Gen<Node> Leaf = Gen.Frequency(
        (8, from name in Name from bytes in Gen.Frequency((1, Gen.Constant(0)), (8, Gen.Choose(1, 1000)), (1, Gen.Choose(1, 1_000_000))) select Node.File(name, bytes)),
        (1, from name in Name select Node.File(name, 0) with { Kind = EntryKind.Symlink }),
        (1, from name in Name select Node.Directory(name)));

    public static Arbitrary<Node> Trees { get; } = Gen.Sized(size => Children(Math.Min(size, 60), 5)).Select(children => Node.Tree(children)).ToArbitrary();

    public static Arbitrary<int> Buckets { get; } = Gen.Choose(1, 9).ToArbitrary();

    /// <summary>The same tree, with the children of each directory in another order.</summary>
    public static Node Shuffled(Node node, Random random) => node with { Children = [.. node.Children.Select(child => Shuffled(child, random)).OrderBy(_ => random.Next())] };

    private static Gen<Node[]> Children(int size, int depth) => size == 0
        ? Gen.Constant(Array.Empty<Node>())
        : Gen.ArrayOf(depth == 0 ? Leaf : Gen.Frequency((3, Leaf), (1, from name in Name from children in Children(size / 2, depth - 1) select Node.Directory(name, children))))
            .Select(children => children.Take(size).DistinctBy(child => EntryPath.Root.Combine(child.Name.Span)).ToArray());
}

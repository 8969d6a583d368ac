using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace QSplit.Tests.Trees;

/// <summary>Bytes of the kind that breaks escaping: pieces of escapes, of UTF-8, controls, and anything else.</summary>
internal static class Bytes
{
    private static readonly Gen<byte[]> Piece = Gen.OneOf(
        Gen.Elements<byte[]>("\\"u8.ToArray(), "#"u8.ToArray(), "\\#"u8.ToArray(), "\\#0"u8.ToArray(), "\\#134"u8.ToArray(), "\\#377"u8.ToArray(), "\\#400"u8.ToArray(),
            "12"u8.ToArray(), "\n"u8.ToArray(), "."u8.ToArray(), " "u8.ToArray(), "é"u8.ToArray(), "🎬"u8.ToArray(), "\u0085"u8.ToArray(), "\ufffd"u8.ToArray(),
            [0xc3], [0xff], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x8e], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80]),
        Gen.Choose(1, 255).Select(b => new[] { (byte)b }),
        Gen.Choose(' ', '~').Select(c => Encoding.ASCII.GetBytes([(char)c])));

    public static Config Thorough { get; } = Config.QuickThrowOnFailure.WithMaxTest(2000);

    /// <summary>Any bytes but NUL, empty too.</summary>
    public static Arbitrary<byte[]> Tricky { get; } = Arb.From(
        Piece.ArrayOf().Select(pieces => pieces.SelectMany(piece => piece).ToArray()),
        bytes => Enumerable.Range(0, bytes.Length).Select(i => (byte[])[.. bytes[..i], .. bytes[(i + 1)..]]));

    /// <summary>Bytes that can be a name.</summary>
    public static Arbitrary<byte[]> Name { get; } = Tricky.Filter(bytes => QSplit.Trees.EntryPath.WhyNotAName(bytes) is null);

    /// <summary>The names of a path; none is the root.</summary>
    public static Arbitrary<byte[][]> Names { get; } = Name.Generator.ArrayOf().ToArbitrary();
}

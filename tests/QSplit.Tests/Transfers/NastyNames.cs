using System.Text;
using QSplit.Trees;

namespace QSplit.Tests.Transfers;

/// <summary>Names made of what rsync's messages have around names.</summary>
internal static class NastyNames
{
    private static readonly string[] Pieces =
    [
        "\"", "\"\"", " -> ", "\" -> \"", " => ", "\" => ", "\",\"", "\",\"user.x", "\n", "\\", "\\#012", "#x", " (2)", ": ", "): ", " (in x)",
        "\" (from ", " failed", "\" failed: ", "\": ",
        "No such file or directory (2)", ", ACL_TYPE_ACCESS): ", " with ", " for ", ".", "..", ".a1B2c3", ".4711", "rsync: ",
        "rsync: [sender] ", " truncated on receiver.",
        "é", "日本", "\u0085", "a", "b", " ", "\t", "-",
    ];

    /// <summary>A name of at most 200 bytes; some are not UTF-8.</summary>
    public static byte[] Next(Random random)
    {
        var name = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        byte[] bytes = [.. Encoding.UTF8.GetBytes(name), .. random.Next(8) == 0 ? [(byte)0xff] : Array.Empty<byte>()];
        return EntryPath.WhyNotAName(bytes) is null ? bytes : "x"u8.ToArray();
    }
}

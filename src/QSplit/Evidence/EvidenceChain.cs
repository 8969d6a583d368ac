using System.Security.Cryptography;
using System.Text;

namespace QSplit.Evidence;

/// <summary>The files of an evidence folder, each bound to all before it: <c>chain.txt</c>.</summary>
/// <param name="head">The lines above the first file, whatever they say: the chain begins with them, so that a later version may say it in other words.</param>
/// <param name="files">In <see cref="EvidenceFile.Order"/>.</param>
internal sealed class EvidenceChain(ReadOnlyMemory<byte> head, IReadOnlyList<EvidenceFile> files)
{
    public const string FileName = "chain.txt";

    /// <summary>The last link, in hexadecimal: the digest of the whole.</summary>
    public string Last => files.Aggregate(First(head.Span), Next);

    /// <summary>What the first file is bound to.</summary>
    public static string First(ReadOnlySpan<byte> head) => Convert.ToHexStringLower(SHA256.HashData(head));

    /// <summary>The link of a file behind <paramref name="link"/>.</summary>
    public static string Next(string link, EvidenceFile file) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{link} {file}\n")));

    /// <summary>All of <see cref="FileName"/>.</summary>
    public byte[] ToBytes()
    {
        var (text, link) = (new StringBuilder(), First(head.Span));
        foreach (var file in files) text.Append(link = Next(link, file)).Append(' ').Append(file).Append('\n');
        return [.. head.Span, .. Encoding.UTF8.GetBytes(text.ToString())];
    }
}

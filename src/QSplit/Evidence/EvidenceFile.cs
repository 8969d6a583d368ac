using System.Globalization;
using System.Text;

namespace QSplit.Evidence;

/// <summary>A file of an evidence folder, as its chain has it.</summary>
/// <param name="Path">Relative to the folder, with slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 hexadecimal digits in lower case.</param>
internal sealed record EvidenceFile(string Path, long Size, string Sha256)
{
    /// <summary>The order of the chain: by the bytes of the names.</summary>
    public static IComparer<string> Order { get; } =
        Comparer<string>.Create((left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sha256} {Size} {Path}");
}

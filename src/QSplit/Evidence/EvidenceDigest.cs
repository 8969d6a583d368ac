using System.Text;

namespace QSplit.Evidence;

/// <summary>What stands for a whole evidence folder, in one line: the last link of its chain. This is what is signed.</summary>
/// <param name="Sha256">64 hexadecimal digits in lower case.</param>
/// <param name="Subject">What it is evidence of: <c>music/202611221730-cutover</c>.</param>
internal sealed record EvidenceDigest(string Sha256, string Subject)
{
    public const string FileName = "digest.txt";

    /// <summary>The signature of that file, as <c>ssh-keygen -Y sign</c> writes it.</summary>
    public const string SignatureName = FileName + ".sig";

    public override string ToString() => $"qsplit evidence 1 sha256:{Sha256} {Subject}";

    /// <summary>All of <see cref="FileName"/>.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes($"{this}\n");
}

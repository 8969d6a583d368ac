using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace QSplit.Evidence;

/// <summary>A signature as <c>ssh-keygen -Y sign</c> writes it (openssh-portable, PROTOCOL.sshsig): whose key it is of. Whether it is good is for ssh-keygen to say.</summary>
/// <param name="KeyType"><c>ssh-ed25519</c></param>
/// <param name="Fingerprint"><c>SHA256:...</c>, as <c>ssh-keygen -l</c> prints it.</param>
internal sealed record SshSignature(string KeyType, string Fingerprint)
{
    private const string Begin = "-----BEGIN SSH SIGNATURE-----\n";
    private const string End = "-----END SSH SIGNATURE-----\n";
    private const uint Version = 1;

    /// <summary>The signature in a file, or null where a byte is not as ssh-keygen writes it: ssh-keygen itself takes other line ends, text behind the end, and a version of 0.</summary>
    public static SshSignature? Read(ReadOnlySpan<byte> file)
    {
        var text = Encoding.Latin1.GetString(file);
        if (text.Length <= Begin.Length + End.Length || !text.StartsWith(Begin, StringComparison.Ordinal) || !text.EndsWith(End, StringComparison.Ordinal)) return null;
        var body = text[Begin.Length..^End.Length];
        var blob = new byte[body.Length];
        return Convert.TryFromBase64String(body, blob, out var length) && Armour(blob.AsSpan(0, length), Math.Max(1, body.IndexOf('\n'))) == text ? Parse(blob.AsSpan(0, length)) : null;
    }

    private static string Armour(ReadOnlySpan<byte> blob, int width) =>
        $"{Begin}{string.Concat(Convert.ToBase64String(blob).Chunk(width).Select(line => $"{new string(line)}\n"))}{End}";

    private static SshSignature? Parse(ReadOnlySpan<byte> blob)
    {
        if (!blob.StartsWith("SSHSIG"u8) || blob.Length < 10 || BinaryPrimitives.ReadUInt32BigEndian(blob[6..]) != Version) return null;
        return TryString(blob[10..], out var key) && TryString(key, out var type)
            ? new(Encoding.ASCII.GetString(type), $"SHA256:{Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('=')}")
            : null;
    }

    private static bool TryString(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (bytes.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(bytes) is var length && length > bytes.Length - 4) return false;
        value = bytes.Slice(4, (int)length);
        return true;
    }
}

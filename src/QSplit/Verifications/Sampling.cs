using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using QSplit.Trees;

namespace QSplit.Verifications;

/// <summary>Picks a part of all files, the same ones for the same seed, wherever and in whatever order they are looked at.</summary>
/// <remarks>
/// A file is picked when the first eight bytes of SHA-256(seed, NUL, path), read as a number from 0 to 1, are below <paramref name="part"/>. Nobody who
/// writes files can know which those are before the seed is told.
/// </remarks>
/// <param name="part">0 is none, 1 is all.</param>
internal sealed class Sampling(string seed, double part)
{
    private readonly byte[] _seed = [.. Encoding.UTF8.GetBytes(seed), 0];

    public bool Picks(EntryPath path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_seed);
        hash.AppendData(path.Bytes);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        // The 53 bits that a double holds: so the largest is below 1.
        return (BinaryPrimitives.ReadUInt64BigEndian(digest) >> 11) * (1.0 / (1L << 53)) < part;
    }
}

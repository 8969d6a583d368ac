using System.Security.Cryptography;

namespace QSplit.Evidence;

/// <summary>Reads files of an evidence folder, which may be larger than memory, for their sizes and SHA-256.</summary>
internal static class EvidenceHashing
{
    private const int BufferSize = 1 << 20;

    /// <param name="path">Relative to the folder.</param>
    /// <param name="isToLast">Whether what was written is to be on disk when this returns.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static EvidenceFile Hash(string folder, string path, bool isToLast, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(Path.Combine(folder, path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        var size = 0L;
        for (int read; (read = RandomAccess.Read(file, buffer, size)) > 0; size += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer.AsSpan(0, read));
        }
        // Windows flushes only what is open to be written.
        if (isToLast && !OperatingSystem.IsWindows()) RandomAccess.FlushToDisk(file);
        return new(path, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}

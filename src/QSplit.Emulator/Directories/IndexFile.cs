using System.Runtime.InteropServices;
using QSplit.Trees;

namespace QSplit.Emulator.Directories;

/// <summary>What a snapshot froze, entry by entry: paths as bytes, each with the status that its original had.</summary>
internal static class IndexFile
{
    private const uint Mark = 0x31585351; // "QSX1": statuses are written as they lie in memory, and another layout needs another mark.

    public static void Write(string file, IReadOnlyCollection<IndexedEntry> entries)
    {
        using var writer = new BinaryWriter(File.Create(file));
        writer.Write(Mark);
        writer.Write(entries.Count);
        foreach (var (path, status) in entries)
        {
            writer.Write7BitEncodedInt(path.Bytes.Length);
            writer.Write(path.Bytes);
            var copy = status;
            writer.Write(MemoryMarshal.AsBytes(new Span<EntryStatus>(ref copy)));
        }
    }

    /// <exception cref="StorageException">The file is not there or not whole.</exception>
    public static IReadOnlyList<IndexedEntry> Read(string file)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(file));
            if (reader.ReadUInt32() != Mark) throw new InvalidDataException("it is of another version");
            var entries = new IndexedEntry[reader.ReadInt32()];
            for (var i = 0; i < entries.Length; i++)
            {
                var path = reader.ReadBytes(reader.Read7BitEncodedInt());
                var status = default(EntryStatus);
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(new Span<EntryStatus>(ref status)));
                entries[i] = new(EntryPath.FromBytes(path), status);
            }
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or OverflowException)
        {
            throw new StorageException($"The index of a snapshot, {file}, cannot be read: {e.Message} Delete the snapshot and take another.", e);
        }
    }
}

/// <summary>One entry of a snapshot.</summary>
/// <param name="Path">Below the snapshot's directory, which is the root.</param>
internal readonly record struct IndexedEntry(EntryPath Path, EntryStatus Status);

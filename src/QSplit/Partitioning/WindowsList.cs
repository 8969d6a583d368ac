using System.Collections.Immutable;
using System.Runtime.InteropServices;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>
/// A bucket as a list for Windows: an item a line (CR LF), UTF-8 without a byte order mark, with <c>\</c> between names, and one behind a directory,
/// which is meant with all below it: <c>music\album\</c>, <c>music\take.wav</c>. The source itself is <c>.\</c>.
/// </summary>
/// <remarks>No name in it has a backslash or an end of line: <see cref="WindowsTree"/> leaves those out.</remarks>
internal static class WindowsList
{
    private static readonly byte[] End = "\r\n"u8.ToArray();

    public static void Write(Stream stream, Bucket bucket)
    {
        for (var i = 0; i < bucket.Items.Length; i++)
        {
            var item = bucket.Items[i];
            var line = item.IsRoot ? "."u8.ToArray() : item.Bytes.ToArray();
            line.AsSpan().Replace((byte)'/', (byte)'\\');
            stream.Write(line);
            if (bucket.Kinds[i] == EntryKind.Directory) stream.Write("\\"u8);
            stream.Write(End);
        }
    }

    /// <summary>Reads a list as <see cref="Write"/> wrote it; with ends of line as editors leave them, too.</summary>
    /// <exception cref="FormatException">The last line has no end, or something is not a path below the source.</exception>
    public static (ImmutableArray<EntryPath> Items, ImmutableArray<EntryKind> Kinds) Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty && bytes[^1] != '\n') throw new FormatException("its last item is cut off");
        var count = bytes.Count((byte)'\n');
        var (items, kinds) = (new EntryPath[count], new EntryKind[count]);
        try
        {
            var rest = bytes;
            for (var i = 0; i < count; i++)
            {
                var end = rest.IndexOf((byte)'\n');
                var line = rest[..end].TrimEnd((byte)'\r').ToArray();
                kinds[i] = line is [.., (byte)'\\'] ? EntryKind.Directory : EntryKind.File;
                line.AsSpan().Replace((byte)'\\', (byte)'/');
                items[i] = EntryPath.FromBytes(line);
                rest = rest[(end + 1)..];
            }
        }
        catch (ArgumentException error)
        {
            throw new FormatException(error.Message, error);
        }
        return (ImmutableCollectionsMarshal.AsImmutableArray(items), ImmutableCollectionsMarshal.AsImmutableArray(kinds));
    }
}

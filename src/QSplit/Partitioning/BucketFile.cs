using System.Collections.Immutable;
using System.Globalization;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>
/// A bucket as a list for <c>rsync -r --files-from</c>: a <c>./name</c> an item, sorted by bytes. A person can run it by hand:
/// <c>rsync -av -r --files-from=qsync_202501311159_bucket1.txt SRC DST</c>, for a <c>.txt0</c> with <c>--from0</c>.
/// </summary>
/// <remarks>
/// <c>./</c>, because rsync takes a line that starts with <c>#</c> or <c>;</c> for a comment. No slash after a directory: if a link took its
/// place since, the slash would follow it.
/// </remarks>
public static class BucketFile
{
    private const byte Nul = 0, NewLine = (byte)'\n';

    /// <summary>The time in a bucket file's name: <c>yyyyMMddHHmm</c>, UTC.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    /// <summary>The beginning of the minute that a stamp names.</summary>
    internal static DateTimeOffset TimeOf(string stamp) =>
        DateTimeOffset.ParseExact(stamp, "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>The bucket's file: <c>qsync_STAMP_bucketN.txt</c>, or <c>.txt0</c> (separated by NUL) where a name has a line break in it.</summary>
    public static string NameOf(string stamp, Bucket bucket) => NameOf(stamp, bucket.Number, FirstWithLineBreak(bucket) is not null);

    internal static string NameOf(string stamp, int number, bool nul) => $"qsync_{stamp}_bucket{number}.txt{(nul ? "0" : "")}";

    /// <summary>The list for <c>rsync --from0 --files-from=-</c>: every item with a NUL after it.</summary>
    public static byte[] AsNulSeparated(Bucket bucket)
    {
        var bytes = new byte[bucket.Items.Sum(item => item.Bytes.Length + 3)];
        using var stream = new MemoryStream(bytes);
        Write(stream, bucket.Items, Nul);
        return bytes;
    }

    /// <summary>Writes the list as the file of <see cref="NameOf(string, Bucket)"/> holds it.</summary>
    public static void Write(Stream stream, Bucket bucket) => Write(stream, bucket.Items, FirstWithLineBreak(bucket) is null ? NewLine : Nul);

    /// <summary>Reads a list as <see cref="Write(Stream, Bucket)"/> wrote it.</summary>
    /// <param name="name">The file's name, which says how items are separated.</param>
    /// <exception cref="FormatException">The last item has no end, or something is not a path below the source.</exception>
    public static ImmutableArray<EntryPath> Read(ReadOnlySpan<byte> bytes, string name)
    {
        var separator = name.EndsWith('0') ? Nul : NewLine;
        if (!bytes.IsEmpty && bytes[^1] != separator) throw new FormatException("its last item is cut off");
        var items = ImmutableArray.CreateBuilder<EntryPath>(bytes.Count(separator));
        try
        {
            for (var rest = bytes; !rest.IsEmpty; rest = rest[(rest.IndexOf(separator) + 1)..])
                items.Add(EntryPath.FromBytes(rest[..rest.IndexOf(separator)]));
        }
        catch (ArgumentException error)
        {
            throw new FormatException(error.Message, error);
        }
        return items.MoveToImmutable();
    }

    /// <summary>What a person who runs buckets by hand must know of a <c>.txt0</c>; null for a <c>.txt</c>.</summary>
    internal static TreeNote? NoteOnLineBreaks(Bucket bucket) => FirstWithLineBreak(bucket) is { } path
        ? new(
            TreeNoteKind.LineBreak,
            path,
            $"A line break in its name: the list of bucket {bucket.Number} is separated by NUL. By hand: rsync -av -r --from0 --files-from=FILE SRC DST.")
        : null;

    // rsync ends a line at a carriage return as well (3.5.0, io.c, read_line).
    private static EntryPath? FirstWithLineBreak(Bucket bucket)
    {
        foreach (var item in bucket.Items)
            if (item.Bytes.ContainsAny((byte)'\n', (byte)'\r')) return item;
        return null;
    }

    private static void Write(Stream stream, ImmutableArray<EntryPath> items, byte separator)
    {
        foreach (var item in items)
        {
            stream.Write("./"u8);
            stream.Write(item.Bytes);
            stream.WriteByte(separator);
        }
    }
}

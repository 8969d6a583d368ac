using System.Globalization;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Synthetic;

/// <summary>What the attributes of a synthetic entry say.</summary>
internal static class SyntheticEntries
{
    private const ulong AttributeSalt = 7UL << 40;
    private const long Year2015 = 1_420_070_400;
    private const long Year2026 = 1_767_225_600;
    private const int Day = 86_400;

    // The root of a cluster that started in the cloud: too large for 64 bits, as all ids there are.
    private static readonly UInt128 RootId = (UInt128.One << 96) + 2;

    /// <summary>An entry's id: a large number, and its rank on top.</summary>
    public static string IdOf(UInt128 rank) => (RootId + rank).ToString(CultureInfo.InvariantCulture);

    /// <summary>The rank in an id; null for what is no id of this tree.</summary>
    public static UInt128? RankIn(string id) =>
        UInt128.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= RootId ? number - RootId : null;

    /// <summary>A moment of the day on which a revision began, later than any before the first.</summary>
    public static UnixTime TimeOf(int revision, ulong hash) => new(Year2026 + (revision * (long)Day) + Chance.Below(hash, Day), (int)(hash % 1_000_000_000));

    public static ServedEntry Directory(in Parcel parcel, DirectoryShape outline, string path, string name, long cursor)
    {
        var hash = Chance.Mix(parcel.Seed, AttributeSalt);
        var entry = Entry(parcel.Rank, ServedType.Directory, path, name, hash, cursor);
        return entry with { Size = 512 * outline.Children, ChildCount = outline.Children, Links = 2 + outline.Directories, Mode = hash % 3 == 0 ? 0b111_111_000 : 0b111_101_101 };
    }

    /// <summary>A file or a link; its size ends somewhere in its last block, and what has no block lies in its metadata.</summary>
    public static ServedEntry Leaf(Fork directory, long index, string path, string name)
    {
        var hash = Chance.Mix(directory.Parcel.Seed, AttributeSalt + (ulong)index + 1);
        var rank = directory.RankOf(index);
        if (index >= directory.Outline.Directories + directory.Outline.Files)
            return Entry(rank, ServedType.Symlink, path, name, hash, index + 1) with { Size = 1 + (long)(hash % 60), Mode = 0b111_111_111 };
        var blocks = directory.BlocksOf(index);
        var size = blocks == 0 ? (long)(hash % 128) : (blocks * SyntheticSpec.Block) - (long)(hash % SyntheticSpec.Block);
        return Entry(rank, ServedType.File, path, name, hash, index + 1) with { Size = size, DataBlocks = blocks };
    }

    private static ServedEntry Entry(long rank, ServedType type, string path, string name, ulong hash, long cursor)
    {
        var modified = Moment(hash);
        var (owner, group) = (1000 + (uint)(hash >> 20 & 31), 100 + (uint)(hash >> 28 & 3));
        return new(IdOf((UInt128)rank), path, name, type, 0, 0, 1, 0b110_100_100, owner, group, 1, 0, modified, modified, modified, modified, cursor);
    }

    private static UnixTime Moment(ulong hash) => new(Year2015 + Chance.Below(hash, Year2026 - Year2015), (int)(hash % 1_000_000_000));
}

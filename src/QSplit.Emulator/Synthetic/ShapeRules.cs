namespace QSplit.Emulator.Synthetic;

/// <summary>How each shape divides what a directory was dealt. Spreads are standard deviations of binary logarithms: at two octaves the largest of thirty is some fifteen times the usual one.</summary>
internal sealed class ShapeRules(SyntheticSpec spec)
{
    private const int MostFiles = 3000;
    private const int LeastDirectories = 5;
    private const int MostDirectories = 400;
    private const int ChainLength = 30;

    // Salts: each question about a directory is a throw of its own.
    private const ulong FanOutSalt = 1UL << 40;
    private const ulong LooseSalt = 2UL << 40;
    private const ulong SizeSalt = 3UL << 40;
    private const ulong FilesSalt = 4UL << 40;
    private const ulong DataSalt = 5UL << 40;
    private const ulong SeedSalt = 6UL << 40;

    private readonly int _levels = spec.Shape == SyntheticShape.Even ? 6 : 5 + (int)(Chance.Mix(spec.Seed, 0) % 3);

    private bool IsEven => spec.Shape == SyntheticShape.Even;

    public DirectoryShape OutlineOf(in Parcel parcel)
    {
        if (parcel.Directories == 0) return new(0, parcel.Files, parcel.Symlinks);
        return new(FanOut(parcel), LooseFiles(parcel), parcel.Symlinks / (parcel.Directories + 1));
    }

    /// <summary>Deals what is not right in the directory out to the directories in it.</summary>
    /// <returns>The directories, and the blocks that its own files keep.</returns>
    public (Parcel[] Directories, long LooseData) Divide(in Parcel parcel, DirectoryShape outline)
    {
        var count = outline.Directories;
        if (count == 0) return ([], parcel.Data);
        var weights = new UInt128[count + 1];

        for (var i = 0; i < count; i++) weights[i] = (ulong)Throw(parcel, SizeSalt, i, SizeSpread(parcel));
        var directories = Dealing.Deal(parcel.Directories - count, weights.AsSpan(0, count));

        for (var i = 0; i < count; i++) weights[i] = (UInt128)(directories[i] + 1);
        var symlinks = Dealing.Deal(parcel.Symlinks - outline.Symlinks, weights.AsSpan(0, count));

        for (var i = 0; i < count; i++) weights[i] *= (ulong)Throw(parcel, FilesSalt, i, Chance.Step);
        var files = Dealing.Deal(parcel.Files - outline.Files, weights.AsSpan(0, count));
        Dealing.Limit(files, i => MostFiles * (directories[i] + 1));

        for (var i = 0; i < count; i++) weights[i] = (UInt128)files[i] * (ulong)Throw(parcel, DataSalt, i, Chance.Step * 5 / 4);
        weights[count] = (UInt128)outline.Files * Chance.Unit;
        var data = Dealing.Deal(parcel.Data, weights);

        var children = new Parcel[count];
        var rank = parcel.Rank + 1;
        for (var i = 0; i < count; rank += children[i++].Entries)
            children[i] = new(rank, Chance.Mix(parcel.Seed, SeedSalt + (ulong)i), parcel.Depth + 1, files[i], directories[i], symlinks[i], data[i]);
        return (children, data[count]);
    }

    // As many on each level as lead to the wanted number of levels, more or less; one in eight has only a few. Below those levels the tree ends quickly.
    private int FanOut(in Parcel parcel)
    {
        var hash = Chance.Mix(parcel.Seed, FanOutSalt);
        if (spec.Shape == SyntheticShape.Deep && parcel.Depth < ChainLength) return (int)Math.Min(parcel.Directories, hash % 4 == 0 ? 2L : 1L);
        var depth = spec.Shape == SyntheticShape.Deep ? parcel.Depth - ChainLength : parcel.Depth;
        if (!IsEven && hash % 8 == 1) return (int)Math.Min(parcel.Directories, 1 + (long)(hash >> 8 & 3));
        var exponent = (Chance.Logarithm(parcel.Directories + 1) / Math.Max(2, _levels - depth)) + (IsEven ? 0 : Chance.Bell(hash, Chance.Step * 2 / 3));
        return (int)Math.Min(parcel.Directories, Math.Clamp(Chance.Power(Math.Max(0, exponent)), LeastDirectories, MostDirectories));
    }

    // About as many as in any directory below; none in one of four. What would not fit below has to stay.
    private long LooseFiles(in Parcel parcel)
    {
        var hash = Chance.Mix(parcel.Seed, LooseSalt);
        var usual = parcel.Files / (parcel.Directories + 1);
        var wanted = IsEven ? usual : hash % 4 == 0 ? 0 : usual * Chance.Factor(hash, Chance.Step * 3 / 2) / Chance.Unit;
        return Math.Clamp(wanted, Math.Max(0, parcel.Files - (MostFiles * parcel.Directories)), Math.Min(MostFiles, parcel.Files));
    }

    private int SizeSpread(in Parcel parcel) => spec.Shape == SyntheticShape.Skewed ? Chance.Step * 4 : parcel.Depth < 2 ? Chance.Step * 2 : Chance.Step * 3 / 2;

    private long Throw(in Parcel parcel, ulong salt, int index, int spread) =>
        IsEven ? Chance.Unit : Chance.Factor(Chance.Mix(parcel.Seed, salt + (ulong)index), spread);
}

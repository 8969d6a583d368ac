namespace QSplit.Emulator.Synthetic;

/// <summary>A directory divided: what each directory in it was dealt, and what is left for its own files.</summary>
internal sealed record Fork(Parcel Parcel, DirectoryShape Outline, Parcel[] Directories, long LooseData)
{
    private long FirstLeaf => Parcel.Rank + Parcel.Entries - Outline.Files - Outline.Symlinks;

    /// <summary>The rank of the entry with an index.</summary>
    public long RankOf(long index) => index < Outline.Directories ? Directories[index].Rank : FirstLeaf + index - Outline.Directories;

    /// <summary>The index of the entry that has a rank, or has it below it.</summary>
    /// <param name="rank">One below the directory.</param>
    public long IndexOf(long rank)
    {
        if (rank >= FirstLeaf) return rank - FirstLeaf + Outline.Directories;
        var (low, high) = (0, Outline.Directories - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Directories[middle].Rank <= rank ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    /// <summary>The blocks of one of its own files.</summary>
    public long BlocksOf(long index) => LooseSizes.Of(Parcel.Seed, Outline.Files, LooseData, index - Outline.Directories);
}

using System.Runtime.InteropServices;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Synthetic;

/// <summary>What a directory was dealt: all that is below it follows from this.</summary>
/// <param name="Rank">Where it stands among all entries of the tree, a directory before what is below it; the root is 0.</param>
/// <param name="Files">Below it on all levels; so for the rest.</param>
/// <param name="Directories">Without itself.</param>
/// <param name="Data">Blocks; 0 where there are no files.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Parcel(long Rank, ulong Seed, int Depth, long Files, long Directories, long Symlinks, long Data)
{
    /// <summary>With itself: the ranks from its own on that are its.</summary>
    public long Entries => Files + Directories + Symlinks + 1;

    /// <summary>Each entry has one block of metadata.</summary>
    public ServedTotals Totals => new(Data, Entries, Files, Directories + 1, Symlinks, 0);

    public static Parcel Root(SyntheticSpec spec)
    {
        // What arrivals hold is taken off, so that all together is what was asked for.
        var parcel = new Parcel(0, Chance.Mix(spec.Seed, (ulong)spec.Files), 0, spec.Files - Arrivals.FilesOf(spec), spec.Directories, spec.Symlinks, 0);
        return parcel with { Data = (spec.Bytes / SyntheticSpec.Block) - parcel.Entries - Arrivals.BlocksOf(spec) };
    }
}

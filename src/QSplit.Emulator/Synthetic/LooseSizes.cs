using System.Numerics;

namespace QSplit.Emulator.Synthetic;

/// <summary>The sizes of the files right in a directory: any one without the others, and all together exactly what the directory's files have.</summary>
internal static class LooseSizes
{
    /// <summary>The blocks of one file.</summary>
    /// <remarks>
    /// The files are halved again and again, and each time the blocks are shared by chance: evenly between many files, unevenly between
    /// few, as sums of heavy-tailed sizes are. A product of many shares is nearly log-normal.
    /// </remarks>
    public static long Of(ulong seed, long count, long blocks, long index)
    {
        for (ulong at = 1; count > 1 && blocks > 0; at *= 2)
        {
            var left = count / 2;
            var (mine, others) = (Weight(seed, at * 2, left, count), Weight(seed, (at * 2) + 1, count - left, count));
            var leftBlocks = (long)((UInt128)blocks * mine / (mine + others));
            if (index < left)
            {
                (count, blocks) = (left, leftBlocks);
            }
            else
            {
                (count, blocks, index) = (count - left, blocks - leftBlocks, index - left);
                at++;
            }
        }
        return blocks;
    }

    private static UInt128 Weight(ulong seed, ulong at, long part, long whole) => (UInt128)part * (ulong)Chance.Factor(Chance.Mix(seed, at), SpreadOf(whole));

    // One octave and a half between few files; the square root of their number less between many.
    private static int SpreadOf(long count) => (Chance.Step * 3 / 2) >> (Math.Max(0, BitOperations.Log2((ulong)count) - 4) / 2);
}

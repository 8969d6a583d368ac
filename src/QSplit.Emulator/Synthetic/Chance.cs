using System.Numerics;

namespace QSplit.Emulator.Synthetic;

/// <summary>Chance that is the same on every machine: whole numbers only, since exponentials of floating-point numbers differ in their last digits.</summary>
internal static class Chance
{
    /// <summary>One step of an exponent: powers and logarithms here are in 1/256.</summary>
    public const int Step = 256;

    /// <summary>What <see cref="Factor"/> gives for "as much as usual".</summary>
    public const int Unit = 1 << 12;

    /// <summary>64 bits that tell nothing of each other for two salts of one seed (SplitMix64, <see href="https://prng.di.unimi.it/splitmix64.c"/>).</summary>
    public static ulong Mix(ulong seed, ulong salt)
    {
        var z = seed + ((salt + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 to below <paramref name="count"/>, each as likely.</summary>
    public static long Below(ulong hash, long count) => (long)(((UInt128)hash * (ulong)count) >> 64);

    /// <summary>A bell curve around 0, <paramref name="spread"/> being its standard deviation: the sum of eight bytes, whose own is 209.</summary>
    public static int Bell(ulong hash, int spread)
    {
        var sum = -1020;
        for (; hash != 0; hash >>= 8) sum += (int)(hash & 0xff);
        return sum * spread / 209;
    }

    /// <summary>A heavy-tailed factor around <see cref="Unit"/>, nearly log-normal; from 1 to less than 2^25.</summary>
    /// <param name="spread">The standard deviation of its binary logarithm, in <see cref="Step"/>.</param>
    public static long Factor(ulong hash, int spread) => Power(Math.Clamp(Bell(hash, spread), -12 * Step, (12 * Step) - 1) + (12 * Step));

    /// <summary>2 to the power of <paramref name="exponent"/> / 256, straight lines between whole powers.</summary>
    public static long Power(int exponent) => ((Step + (exponent & (Step - 1L))) << (exponent >> 8)) >> 8;

    /// <summary>The inverse of <see cref="Power"/>, but for rounding.</summary>
    /// <param name="number">At least 1.</param>
    public static int Logarithm(long number)
    {
        var whole = BitOperations.Log2((ulong)number);
        var rest = whole >= 8 ? number >> (whole - 8) : number << (8 - whole);
        return (whole * Step) + (int)(rest & (Step - 1));
    }
}

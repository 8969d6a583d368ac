using System.Security.Cryptography;

namespace QSplit.Tests.Dummy;

/// <summary>Programs that read standard input.</summary>
internal static class Listen
{
    /// <summary>Reads all of it, and says how much it was and what.</summary>
    public static int Digest()
    {
        using var all = new MemoryStream();
        Console.OpenStandardInput().CopyTo(all);
        Console.WriteLine($"{all.Length} {Convert.ToHexString(SHA256.HashData(all.ToArray()))}");
        return 0;
    }

    /// <summary>Reads so many bytes, and says whether standard input is still open behind them after so long; -1 waits for its end.</summary>
    public static int Held(int length, int milliseconds)
    {
        var input = Console.OpenStandardInput();
        input.ReadExactly(new byte[length]);
        Console.WriteLine(Task.Run(input.ReadByte).Wait(milliseconds) ? "closed" : "open");
        return 0;
    }
}

using System.Collections;

namespace QSplit.Tests.Dummy;

/// <summary>Programs that say something.</summary>
internal static class Talk
{
    private const int Line = 64;

    /// <summary>Each argument in hexadecimal, on a line of its own; <c>-</c> for an empty one.</summary>
    public static int Echo(string[] words)
    {
        foreach (var word in words) Console.WriteLine(word.Length == 0 ? "-" : Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(word)));
        return 0;
    }

    public static int Environment()
    {
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables()) Console.WriteLine($"{variable.Key}={variable.Value}");
        return 0;
    }

    /// <summary>So many megabytes to both outputs, at once.</summary>
    public static int Flood(int megabytes)
    {
        Parallel.Invoke(() => Flood(Console.OpenStandardOutput(), 'o', megabytes), () => Flood(Console.OpenStandardError(), 'e', megabytes));
        return 0;
    }

    /// <summary>Bytes in hexadecimal, piece by piece, each by a write of its own that the reader has time to see.</summary>
    public static int Pieces(string[] pieces)
    {
        using var output = Console.OpenStandardOutput();
        foreach (var piece in pieces)
        {
            output.Write(Convert.FromHexString(piece));
            output.Flush();
            Thread.Sleep(100);
        }
        return 0;
    }

    private static void Flood(Stream stream, char letter, int megabytes)
    {
        var block = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string(letter, Line - 1) + "\n", 1_000_000 / Line)));
        for (var i = 0; i < megabytes; i++) stream.Write(block);
    }
}

using System.Text;

namespace QSplit.Testing;

/// <summary>New names for a history: each once, so that it can be told which change made an entry.</summary>
internal sealed class HistoryNames(Random random, bool odd, bool anyBytes)
{
    private static readonly string[] Odd =
        ["#{0}", ";{0}", "-{0}", "--{0}", "{0} ", " {0}", "{0}\n", "new\nline {0}", "*{0}", "[ab]{0}", "\\#012{0}", "%2F{0}", "~{0}", ".f{0}.AbCdEf", "Grüße {0}", "e\u0301{0}", "{0}'\"", "{0}\\", "...{0}", "+ {0}", "{0}.snapshot"];

    private int _count;

    public byte[] Next()
    {
        _count++;
        if (!odd || random.Next(3) > 0) return Encoding.ASCII.GetBytes($"{(char)('a' + random.Next(26))}{_count}");
        if (anyBytes && random.Next(4) == 0) return [.. Encoding.ASCII.GetBytes($"x{_count}"), 0xff, 0xc3];
        return Encoding.UTF8.GetBytes(string.Format(null, Odd[random.Next(Odd.Length)], _count));
    }
}

using System.Globalization;

namespace QSplit.Emulator.Synthetic;

/// <summary>Names that have the index of their entry in them, as the only digits, so that a name leads to its entry; every eighth is hard on programs that are careless with names.</summary>
internal static class SyntheticNames
{
    private static readonly (string Before, string After)[] Directories =
        [("project-", ""), ("client_", ""), ("scans.", ""), ("archive ", ""), ("run-", ".d"), ("Data", ""), ("week ", " final")];

    private static readonly (string Before, string After)[] Files =
        [("IMG_", ".jpg"), ("frame.", ".dpx"), ("report-", ".pdf"), ("sample_", ".fastq.gz"), ("mail.", ".eml"), ("log.", ""), ("draft ", " (copy).docx")];

    private static readonly (string Before, string After)[] Odd =
        [("#", ""), (" leading ", ""), ("it's ", ""), ("\"quoted\" ", ""), ("Überstunden-", ".ods"), ("日本語-", ".txt"), ("😀 ", "~"), ("-", "%zz"), (";x=", "&y?"), ("tab\t", ""), ("back\\slash ", ""), ("trailing ", " ")];

    /// <param name="seed">Of the directory.</param>
    public static string Of(ulong seed, long index, bool isDirectory)
    {
        var hash = Chance.Mix(seed, ~(ulong)index);
        var of = hash % 8 == 0 ? Odd : isDirectory ? Directories : Files;
        var (before, after) = of[(hash >> 8) % (ulong)of.Length];
        return string.Create(CultureInfo.InvariantCulture, $"{before}{index}{after}");
    }

    /// <summary>The number in a name: the index of the entry, if there is one that is called so; null when there is none.</summary>
    public static long? NumberIn(ReadOnlySpan<char> name)
    {
        var start = name.IndexOfAnyInRange('0', '9');
        if (start < 0) return null;
        var rest = name[start..];
        var length = rest.IndexOfAnyExceptInRange('0', '9');
        return long.TryParse(length < 0 ? rest : rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

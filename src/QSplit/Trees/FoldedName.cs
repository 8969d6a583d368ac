using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace QSplit.Trees;

/// <summary>Names and paths as file systems compare them that fold case or normalize Unicode. Without ICU: the program does not need it
/// on its machine.</summary>
internal static class FoldedName
{
    // Hangul syllables (The Unicode Standard, 3.12).
    private const int FirstSyllable = 0xAC00, Syllables = 11172, FirstLead = 0x1100, FirstVowel = 0x1161, FirstTail = 0x11A7, Tails = 28,
        VowelsAndTails = 588;

    private static readonly Lazy<FrozenDictionary<int, string>> Decompositions = new(Read);

    /// <summary>A text that is the same for all names that such a file system takes for one.</summary>
    public static string Of(ReadOnlySpan<byte> name, NameFolding folds)
    {
        // Two names that are no UTF-8 must not become one by their replacement characters.
        var text = Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : '\uFFFF' + Encoding.Latin1.GetString(name);
        if (text.StartsWith('\uFFFF')) return folds.HasFlag(NameFolding.Case) ? UpperAscii(text) : text;
        if (folds.HasFlag(NameFolding.Normalization)) text = Decomposed(text);
        if (folds.HasFlag(NameFolding.Case)) text = text.ToUpperInvariant();
        return folds == (NameFolding.Case | NameFolding.Normalization) ? Decomposed(text) : text;
    }

    /// <summary>Of a name, folded in every way: FNV-1a (64 bits). Two names with one hash are looked at again.</summary>
    public static ulong Hash(ReadOnlySpan<byte> name)
    {
        const ulong Prime = 1099511628211;
        var hash = 14695981039346656037UL;
        if (Ascii.IsValid(name))
        {
            foreach (var b in name) hash = (hash ^ (b is >= (byte)'a' and <= (byte)'z' ? b - 32UL : b)) * Prime;
            return hash;
        }
        foreach (var letter in Of(name, NameFolding.Case | NameFolding.Normalization)) hash = (hash ^ letter) * Prime;
        return hash;
    }

    // Marks that follow one another are sorted by their numbers, not by their classes: that is as good to compare by.
    private static string Decomposed(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var (all, marks) = (new StringBuilder(text.Length * 2), new List<Rune>());
        foreach (var rune in text.EnumerateRunes())
            foreach (var part in PartsOf(rune).EnumerateRunes())
            {
                if (Rune.GetUnicodeCategory(part) == UnicodeCategory.NonSpacingMark) marks.Add(part);
                else
                {
                    Add(all, marks);
                    all.Append(part.ToString());
                }
            }
        Add(all, marks);
        return all.ToString();
    }

    private static void Add(StringBuilder all, List<Rune> marks)
    {
        marks.Sort();
        foreach (var mark in marks) all.Append(mark.ToString());
        marks.Clear();
    }

    private static string PartsOf(Rune rune)
    {
        if (rune.IsAscii) return rune.ToString();
        if (rune.Value - FirstSyllable is >= 0 and < Syllables and var at)
        {
            var (lead, vowel, tail) = ((char)(FirstLead + at / VowelsAndTails), (char)(FirstVowel + at % VowelsAndTails / Tails),
                (char)(FirstTail + at % Tails));
            return tail == FirstTail ? $"{lead}{vowel}" : $"{lead}{vowel}{tail}";
        }
        return Decompositions.Value.GetValueOrDefault(rune.Value) ?? rune.ToString();
    }

    private static string UpperAscii(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterLower(letter)
        ? (char)(letter - 32) : letter));

    private static FrozenDictionary<int, string> Read()
    {
        using var stream = typeof(FoldedName).Assembly.GetManifestResourceStream("QSplit.decompositions.txt")!;
        using var reader = new StreamReader(stream);
        var known = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var numbers = line.Split(' ').Select(word => int.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            known[numbers[0]] = string.Concat(numbers.Skip(1).Select(char.ConvertFromUtf32));
        }
        return known.ToFrozenDictionary();
    }
}

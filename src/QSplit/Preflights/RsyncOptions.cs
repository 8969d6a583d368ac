using System.Collections.Immutable;

namespace QSplit.Preflights;

/// <summary>What the manifest's options for rsync ask for.</summary>
internal static class RsyncOptions
{
    // What is behind these letters is their value (rsync(1)).
    private const string LettersWithValue = "BTf@";

    /// <summary>The option as it is written there, <c>--acls</c> or <c>-AX</c>; null when none is the one meant.</summary>
    /// <param name="letter">Its short form.</param>
    /// <param name="name">Its long form, without what is behind <c>=</c>.</param>
    public static string? Asking(this ImmutableArray<string> options, char? letter, string name) =>
        options.FirstOrDefault(option => option == name || option.StartsWith(name + "=", StringComparison.Ordinal) || (letter is { } l && HasLetter(option, l)));

    public static bool AskForXattrs(this ImmutableArray<string> options) => options.Asking('X', "--xattrs") is not null;

    public static bool AskForAcls(this ImmutableArray<string> options) => options.Asking('A', "--acls") is not null;

    /// <summary>Whether an option of all passes is switched off: <c>--no-owner</c>, <c>--no-o</c>.</summary>
    public static bool Forgo(this ImmutableArray<string> options, char letter, string name) => options.Any(option => option == $"--no-{name}" || option == $"--no-{letter}");

    private static bool HasLetter(string option, char letter)
    {
        if (option.Length < 2 || option[0] != '-' || option[1] == '-') return false;
        var letters = option[1..];
        var value = letters.AsSpan().IndexOfAny(LettersWithValue);
        return (value < 0 ? letters : letters[..value]).Contains(letter, StringComparison.Ordinal);
    }
}

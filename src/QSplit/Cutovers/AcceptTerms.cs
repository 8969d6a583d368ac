using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Cutovers;

/// <summary>What <c>--accept</c> says: why, and of which exceptions.</summary>
/// <param name="Reason">In the words of who accepts; empty where none are given.</param>
/// <param name="Only">Which exceptions; empty where all that was found is accepted.</param>
internal sealed record AcceptTerms(string Reason, ImmutableArray<ExceptionSelector> Only)
{
    /// <summary>Reads the values of the option, one a line.</summary>
    /// <remarks>One word, or a word, a colon and a path, is a class: a typing error must not accept more than was meant.</remarks>
    /// <exception cref="ManifestException">One of them names a class that does not exist, or what is no path.</exception>
    public static AcceptTerms Parse(string values)
    {
        var (reasons, only) = (new List<string>(), ImmutableArray.CreateBuilder<ExceptionSelector>());
        foreach (var value in values.Split('\n').Select(value => value.TrimStart()))
        {
            if (!ExceptionSelector.IsMeantBy(value.TrimEnd())) reasons.Add(value.TrimEnd());
            // A name may end in a blank.
            else only.AddRange(ExceptionSelector.Parse(value));
        }
        if (only.Count == 0 && reasons.TrueForAll(reason => reason.Length == 0))
            throw new ManifestException("--accept needs a reason or a class: --accept=\"why it does not matter\", or --accept=CLASS.");
        return new(string.Join("; ", reasons), [.. only.Distinct()]);
    }
}

/// <summary>Exceptions of one class, at a path or below it.</summary>
/// <param name="Path">The root for all of the class.</param>
internal sealed record ExceptionSelector(ExceptionClass Class, EntryPath Path)
{
    public bool Has(FailedEntry entry) => entry.Class == Class && EntryPath.Parse(entry.Path).IsWithin(Path);

    /// <summary>As it is written on the command line.</summary>
    public override string ToString() => Path.IsRoot ? ExceptionClasses.Word(Class) : $"{ExceptionClasses.Word(Class)}:{Path}";

    /// <summary>Whether a value is a class, a list of classes or a class with a path, right or wrong; all else is a reason.</summary>
    public static bool IsMeantBy(string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return value.Length > 0 && value.All(c => char.IsAsciiLetter(c) || c == ',');
        var (head, rest) = (value[..colon], value[(colon + 1)..]);
        if (ExceptionClasses.Parse(head) is not null) return true;
        // A ticket's address is a reason; so is a sentence with a colon in it.
        return head.Length > 0 && head.All(char.IsAsciiLetter) && !rest.StartsWith("//", StringComparison.Ordinal) && !rest.StartsWith(' ');
    }

    /// <exception cref="ManifestException">There is no such class, or what is behind the colon is no path below the source.</exception>
    public static ImmutableArray<ExceptionSelector> Parse(string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return [.. value.TrimEnd().Split(',').Select(word => new ExceptionSelector(ClassOf(word, value), EntryPath.Root))];
        var path = value[(colon + 1)..].TrimStart();
        if (path.Length == 0)
            throw new ManifestException($"--accept={value}: there is no path behind the colon. To accept all of the class, leave the colon out.");
        try
        {
            return [new ExceptionSelector(ClassOf(value[..colon], value), EntryPath.Parse(path))];
        }
        catch (ArgumentException e)
        {
            throw new ManifestException($"--accept={value}: {e.Message} Paths are as --target=Errors prints them: ./a/b.", e);
        }
    }

    private static ExceptionClass ClassOf(string word, string value) => ExceptionClasses.Parse(word) ?? throw new ManifestException(
        $"--accept={value}: there is no class of exceptions '{word}'. There are {ExceptionClasses.Words}. "
        + "A reason has more than one word: --accept=\"why it does not matter\".");
}

using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>
/// rsync writes <c>dir/.name.XXXXXX</c> and renames it to <c>dir/name</c>; its errors may name the first. The file <c>dir/.name</c> has the
/// same
/// temporary names, and so have names that begin alike and are long, or end in dots (rsync 3, receiver.c, <c>get_tmpname</c>): good enough
/// for a report.
/// </summary>
internal static class TemporaryName
{
    /// <summary>Names of so many bytes and more are cut, so that the temporary one has at most 255.</summary>
    public const int ShortestCut = 255 - 8;

    /// <summary>Whether a name looks like one; <c>.config.backup</c> does.</summary>
    public static bool IsOne(ReadOnlySpan<byte> name) => name.Length >= 9 && name[0] == '.' && HasTail(name);

    /// <summary>The same, and also where nothing is left of the name itself: that of <c>...</c> is <c>.XXXXXX</c>.</summary>
    public static bool MayBeOne(ReadOnlySpan<byte> name) => IsOne(name) || (name.Length == 7 && HasTail(name));

    /// <summary>Whether a name that an error has may be one: also <c>.name.4711</c>, of which rsync makes a link or a special file (<c>atomic_create</c>).</summary>
    public static bool MayBeOneInAnError(ReadOnlySpan<byte> name) => MayBeOne(name) || LengthOfNumber(name) > 0;

    /// <summary>
    /// Whether a name may be the temporary one of another, or is that name itself, as in a directory for temporary files.
    /// </summary>
    public static bool IsOf(ReadOnlySpan<byte> temporary, ReadOnlySpan<byte> name)
    {
        if (temporary.SequenceEqual(name)) return true;
        if (temporary.Length < 7 || !HasTail(temporary)) return false;
        // A directory for temporary files has them without the dot in front. A name that becomes too long is cut.
        var stem = temporary[..^7];
        var isHidden = temporary[0] == '.';
        var rest = isHidden && stem.Length > 0 ? stem[1..] : stem;
        return IsStart(rest, name.StartsWith("."u8) && isHidden ? name[1..] : name) || (isHidden && IsStart(stem, name));
    }

    private static bool IsStart(ReadOnlySpan<byte> stem, ReadOnlySpan<byte> name) =>
        name.StartsWith(stem) && (name.Length == stem.Length || name[stem.Length..].SequenceEqual("."u8) || name.Length >= ShortestCut);

    /// <summary>The entries that a path on the target may stand for: itself, and those whose temporary name it would be.</summary>
    public static IEnumerable<EntryPath> Originals(EntryPath path)
    {
        yield return path;
        if (LengthOfNumber(path.Name) is > 0 and var tail && EntryPath.WhyNotAName(path.Name[1..^tail]) is null) yield return path.Parent.Combine(path.Name[1..^tail]);
        if (!IsOne(path.Name)) yield break;
        // rsync drops a dot at the end of a name.
        foreach (var stem in (byte[][])[path.Name[1..^7].ToArray(), path.Name[..^7].ToArray()])
        {
            if (EntryPath.WhyNotAName(stem) is null) yield return path.Parent.Combine(stem);
            if (EntryPath.WhyNotAName([.. stem, (byte)'.']) is null) yield return path.Parent.Combine([.. stem, (byte)'.']);
        }
    }

    // With its dot; 0 where there is none.
    private static int LengthOfNumber(ReadOnlySpan<byte> name)
    {
        var dot = name.LastIndexOf((byte)'.');
        return name.Length > 3 && name[0] == '.' && dot > 1 && dot < name.Length - 1 && !name[(dot + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? name.Length - dot : 0;
    }

    private static bool HasTail(ReadOnlySpan<byte> name)
    {
        if (name[^7] != '.') return false;
        foreach (var b in name[^6..])
            if (!char.IsAsciiLetterOrDigit((char)b)) return false;
        return true;
    }
}

using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>
/// rsync writes <c>dir/.name.XXXXXX</c> and renames it to <c>dir/name</c>; its errors may name the first. The file <c>dir/.name</c> has the same
/// temporary names, and one with a long name has those of its beginning (rsync 3, receiver.c, <c>get_tmpname</c>).
/// </summary>
internal static class TemporaryName
{
    // Of 255 bytes; a character that is cut goes as a whole.
    private const int MayBeCutFrom = 248;

    /// <summary>The entries that a name on the target can stand for: itself, and those whose temporary name it would be; none where it may be cut short.</summary>
    public static IEnumerable<EntryPath> CanStandFor(EntryPath path)
    {
        var temporary = IsTemporary(path.Name);
        if (temporary && path.Name.Length >= MayBeCutFrom) yield break;
        yield return path;
        if (!temporary) yield break;
        yield return path.Parent.Combine(path.Name[1..^7]);
        yield return path.Parent.Combine(path.Name[..^7]);
    }

    private static bool IsTemporary(ReadOnlySpan<byte> name)
    {
        if (name.Length < 9 || name[0] != '.' || name[^7] != '.') return false;
        foreach (var b in name[^6..])
            if (!char.IsAsciiLetterOrDigit((char)b)) return false;
        return EntryPath.WhyNotAName(name[1..^7]) is null && EntryPath.WhyNotAName(name[..^7]) is null;
    }
}

using QSplit.Transfers;

namespace QSplit.Verifications;

/// <summary>In what an entry differs, by what an rsync that only pretends says of it: pure.</summary>
internal static class Differences
{
    /// <summary>The kinds, none twice; none where source and target are alike.</summary>
    public static IEnumerable<DifferenceKind> Of(ItemizedEntry entry)
    {
        if (entry.IsDeleted)
        {
            yield return !entry.IsDirectory && TemporaryName.MayBeOne(entry.Path.Name) ? DifferenceKind.Leftover : DifferenceKind.Extra;
            yield break;
        }
        if (entry.IsNew)
        {
            yield return DifferenceKind.Missing;
            yield break;
        }
        // rsync(1), --itemize-changes: YXcstpoguax. Times of access (u) and of creation are not kept.
        var what = entry.What;
        if (what[0] == 'h') yield return DifferenceKind.HardLink;
        if (what[2] == 'c' || what[3] == 's') yield return ContentOf(what[1]);
        if (what[4] is 't' or 'T') yield return DifferenceKind.Time;
        if (what[5] == 'p') yield return DifferenceKind.Mode;
        if (what[6] == 'o' || what[7] == 'g') yield return DifferenceKind.Owner;
        if (what[9] == 'a') yield return DifferenceKind.Acl;
        if (what[10] == 'x') yield return DifferenceKind.Xattr;
    }

    private static DifferenceKind ContentOf(char type) => type switch { 'L' => DifferenceKind.Link, 'f' => DifferenceKind.Content, _ => DifferenceKind.Device };
}

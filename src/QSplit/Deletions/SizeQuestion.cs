using QSplit.Scripts;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Deletions;

/// <summary>Asks how large the files are that are only on a target: an rsync that pretends to copy them to somewhere says it.</summary>
internal static class SizeQuestion
{
    // Never made: it only pretends.
    private const string Nowhere = ".qsplit-nowhere";

    public static Script Of(string target, DeletionList list) => new(
        new ScriptText().Set("target", target.TrimEnd('/')).Line(
            $"""rsync --dry-run --recursive --links --devices --specials --no-implied-dirs --no-human-readable --outbuf=L --info=name1,stats0 --out-format='%l %n' --from0 --files-from=- -- "$target/" "$target/{Nowhere}/" """).Bytes,
        EntryList.Of(list.Items.Select(item => item.Path), ""),
        false);

    /// <summary>Adds a line of the answer to the sizes of what is listed.</summary>
    /// <param name="sizes">By what is listed; what is not in it yet has none.</param>
    public static void Add(string line, Dictionary<EntryPath, long> sizes)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        if (blank <= 0 || line.EndsWith('/') || !long.TryParse(line.AsSpan(0, blank), System.Globalization.NumberStyles.None, null, out var bytes)) return;
        foreach (var at in EntryPath.Parse(line[(blank + 1)..]).Upwards())
        {
            if (!sizes.TryGetValue(at, out var known)) continue;
            sizes[at] = known + bytes;
            return;
        }
    }
}

using QSplit.Scripts;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Deletions;

/// <summary>Asks how much there is of what is only on a target: an rsync that pretends to copy them to somewhere says it.</summary>
internal static class SizeQuestion
{
    // Never made: it only pretends.
    private const string Nowhere = ".qsplit-nowhere";

    public static Script Of(string target, DeletionList list) => new(
        new ScriptText().Set("target", target.TrimEnd('/')).Line(
            $"""
            rsync --dry-run --recursive --links --devices --specials --ignore-missing-args --no-implied-dirs --no-human-readable \
              --outbuf=L --info=name1,stats0 --out-format='%l %n' --from0 --files-from=- -- "$target/" "$target/{Nowhere}/"
            """).Bytes,
        EntryList.Of(list.Items.Select(item => item.Path), ""),
        false);

    /// <summary>Adds a line of the answer to what is known of what is listed.</summary>
    /// <param name="found">Entries and bytes by what is listed; what is not in it is not asked about.</param>
    public static void Add(string line, Dictionary<EntryPath, (long Entries, long Bytes)> found)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        if (blank <= 0 || !long.TryParse(line.AsSpan(0, blank), System.Globalization.NumberStyles.None, null, out var size)) return;
        var bytes = line.EndsWith('/') ? 0 : size;
        foreach (var at in EntryPath.Parse(line[(blank + 1)..].TrimEnd('/')).Upwards())
        {
            if (!found.TryGetValue(at, out var known)) continue;
            found[at] = (known.Entries + 1, known.Bytes + bytes);
            return;
        }
    }
}

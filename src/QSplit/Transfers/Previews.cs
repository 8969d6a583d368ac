namespace QSplit.Transfers;

/// <summary>Adds previews up.</summary>
internal static class Previews
{
    private const int MostNames = 10;

    /// <summary>All of them as one: by top directory and kind, with the first names of each.</summary>
    public static Preview Sum(IEnumerable<Preview> previews) => new(
    [
        .. previews.SelectMany(preview => preview.Parts)
            .GroupBy(part => (part.Top, part.Kind))
            .OrderBy(parts => parts.Key.Top, StringComparer.Ordinal).ThenBy(parts => parts.Key.Kind)
            .Select(parts => new PreviewPart(
                parts.Key.Top,
                parts.Key.Kind,
                parts.Sum(part => part.Entries),
                parts.Sum(part => part.Files),
                parts.Sum(part => part.Bytes),
                [.. parts.SelectMany(part => part.First).Take(MostNames)])),
    ]);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>What a source says of itself, in one digest. It depends on the tree alone, not on which directories a plan had to read.</summary>
internal static class SourceDigest
{
    /// <param name="root">The root, as it was read.</param>
    /// <returns>
    /// The SHA-256 in hexadecimal: of a crawled tree over all directories that hold half a percent of it or more, of a cluster over the root and
    /// what lies right in it.
    /// </returns>
    public static async Task<string> OfAsync(ITreeSource source, DirectoryTotals root, CancellationToken cancellationToken)
    {
        var outline = new OutlineWriter();
        outline.Add(root);
        if (source.IsInMemory) await Outlines.DeepenAsync(outline, source, root.Totals, cancellationToken);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string what, object name, Totals totals) => sha256.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{what} {totals.Bytes} {totals.LogicalBytes} {totals.Entries} {name}\0")));
        foreach (var directory in outline.ToOutline().Directories) Add("directory", directory.Path, directory.Totals);
        var loose = root.Children.Where(child => child.Kind != EntryKind.Directory).Select(child => (Name: Convert.ToHexString(child.Name.Span), child.Totals));
        foreach (var (name, totals) in loose.OrderBy(child => child.Name, StringComparer.Ordinal)) Add("entry", name, totals);
        foreach (var file in source.FindLargestFiles(OutlineWriter.MostFiles) ?? []) Add("file", file.Path, file.Totals);
        // A cluster tells more of them the more directories are read.
        var notes = source.IsInMemory ? source.Notes.Select(note => $"{note.Kind} {note.Path} {note.Text}") : [];
        foreach (var note in notes.Order(StringComparer.Ordinal)) Add("note", note, Totals.Zero);
        return Convert.ToHexStringLower(sha256.GetHashAndReset());
    }
}

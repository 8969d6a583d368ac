using System.Collections.Immutable;
using System.Text;
using QSplit.Emulator.Served;
using QSplit.Errors;
using QSplit.Trees;

namespace QSplit.Bench;

/// <summary>A served tree as a plan sees it through the API, without the API.</summary>
internal sealed class ServedTreeSource(IServedTree tree) : ITreeSource
{
    public string Location => "emulator";

    public ImmutableArray<TreeNote> Notes => [];

    public Task<DirectoryTotals> ReadAsync(EntryPath directory, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entry = tree.Find("/" + Encoding.UTF8.GetString(directory.Bytes)) ?? throw new StorageException($"{directory} is not there.");
        return Task.FromResult(new DirectoryTotals(directory, TotalsOf(tree.TotalsOf(entry)), [.. tree.ReadTotals(entry).Select(child => Child(child.Entry, child.Totals))]));
    }

    private static ChildTotals Child(ServedEntry entry, ServedTotals totals) =>
        new(Encoding.UTF8.GetBytes(entry.Name), KindOf(entry.Type), TotalsOf(totals), entry.Type == ServedType.Directory);

    private static Totals TotalsOf(ServedTotals totals)
    {
        var bytes = (totals.Data + totals.Meta) * 4096;
        return new(bytes, bytes, totals.Files + totals.Directories + totals.Symlinks + totals.Others);
    }

    private static EntryKind KindOf(ServedType type) => type switch
    {
        ServedType.File => EntryKind.File,
        ServedType.Directory => EntryKind.Directory,
        ServedType.Symlink => EntryKind.Symlink,
        _ => EntryKind.Special,
    };
}

using System.Collections.Immutable;
using System.Text;
using QSplit.Emulator.Served;
using QSplit.Errors;
using QSplit.Trees;

namespace QSplit.Bench;

/// <summary>A served tree as a cluster's API shows it, without the network: one call brings a directory's totals and its heaviest children; the others take calls of their own.</summary>
/// <param name="maxEntries">How many children one call brings.</param>
internal sealed class ServedTreeSource(string location, IServedTree tree, int maxEntries) : ITreeSource
{
    private const int Page = 1000;

    private int _calls;
    private int _directories;

    public string Location => location;

    public ImmutableArray<TreeNote> Notes => [];

    /// <summary>How many requests a client would have sent.</summary>
    public int Calls => _calls;

    /// <summary>How many directories were asked for.</summary>
    public int Directories => _directories;

    public Task<DirectoryTotals> ReadAsync(EntryPath directory, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entry = tree.Find("/" + Encoding.UTF8.GetString(directory.Bytes)) ?? throw new StorageException($"{directory} is not in {location}.");
        var children = tree.ReadTotals(entry).Select(child => new ChildTotals(Encoding.UTF8.GetBytes(child.Entry.Name), KindOf(child.Entry.Type), TotalsOf(child.Totals), child.Entry.Type == ServedType.Directory)).ToImmutableArray();
        Interlocked.Increment(ref _directories);
        Interlocked.Add(ref _calls, 1 + (children.Length <= maxEntries ? 0 : CallsForTheRest(children)));
        return Task.FromResult(new DirectoryTotals(directory, TotalsOf(tree.TotalsOf(entry)), children));
    }

    // The pages of all entries, and one call for each directory that was not among the heaviest.
    private int CallsForTheRest(ImmutableArray<ChildTotals> children) =>
        ((children.Length + Page - 1) / Page) + children.OrderByDescending(child => child.Totals.Bytes).Skip(maxEntries).Count(child => child.Kind == EntryKind.Directory);

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

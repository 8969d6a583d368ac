using System.Collections.Concurrent;
using System.Text;
using QSplit.Emulator.Served;
using QSplit.Trees;

namespace QSplit.Emulator.Directories;

/// <summary>A real directory, read at each question: totals are those of the moment.</summary>
/// <param name="device">The one the directory itself is on.</param>
internal sealed class LiveTree(RealDirectory directory, ulong device) : IServedTree
{
    // Where directories were last seen: their names may not be text, and a search by id goes through the whole tree.
    private readonly ConcurrentDictionary<string, EntryPath> _seen = new(StringComparer.Ordinal);

    public ServedEntry? Find(string path) => EntryNaming.Parse(path) is { } parsed ? Find(parsed) : null;

    public ServedEntry? FindById(string id)
    {
        if (id == "2") return Find(EntryPath.Root);
        if (_seen.TryGetValue(id, out var path) && Find(path) is { } known && known.Id == id) return known;
        foreach (var (found, status) in directory.ReadAll())
            if (!found.IsRoot && EntryNaming.IdOf(found, status, device) == id) return Entry(found, status);
        return null;
    }

    public IEnumerable<ServedEntry> ReadChildren(ServedEntry directory, long after) => Read(PathOf(directory), after).Select(child => Entry(child.Path, child.Status));

    public ServedTotals TotalsOf(ServedEntry directory) => Sum(PathOf(directory));

    public IEnumerable<(ServedEntry Entry, ServedTotals Totals)> ReadTotals(ServedEntry directory) =>
        Read(PathOf(directory), 0).Select(child => (Entry(child.Path, child.Status), child.Status.IsDirectory ? Sum(child.Path) : child.Status.Own));

    private ServedTotals Sum(EntryPath path) => directory.Sum(path);

    private IEnumerable<(EntryPath Path, EntryStatus Status)> Read(EntryPath path, long after) =>
        directory.Read(path, after).Select(child => (path.Combine(child.Name), child.Status));

    private ServedEntry? Find(EntryPath path) => directory.Look(path) is { } status ? Entry(path, status) : null;

    private ServedEntry Entry(EntryPath path, in EntryStatus status)
    {
        var id = EntryNaming.IdOf(path, status, device);
        if (status.IsDirectory) _seen[id] = path;
        return EntryNaming.Entry(id, EntryNaming.Text("/", path), path.Name, status, status.IsDirectory ? directory.Count(path) : default);
    }

    private EntryPath PathOf(ServedEntry directory) =>
        directory.Path.Contains((char)Rune.ReplacementChar.Value, StringComparison.Ordinal) && _seen.TryGetValue(directory.Id, out var path)
            ? path
            : EntryNaming.Parse(directory.Path) ?? throw new StorageException($"{directory.Path} is no path below the directory that is served.");
}

using System.Text;
using QSplit.Emulator.Served;
using QSplit.Trees;

namespace QSplit.Emulator.Directories;

/// <summary>A snapshot, from its index: in memory, with the ids and times of the originals. Outside of its directory what is there now shows.</summary>
internal sealed class FrozenTree : IServedTree
{
    private readonly ServedSnapshot _snapshot;
    private readonly IServedTree _live;
    private readonly Dictionary<EntryPath, FrozenNode> _byPath;
    private readonly Dictionary<string, FrozenNode> _byId = new(StringComparer.Ordinal);

    /// <param name="entries">Parents before children; the first is the snapshot's directory.</param>
    public FrozenTree(ServedSnapshot snapshot, IReadOnlyList<IndexedEntry> entries, IServedTree live, ulong device)
    {
        (_snapshot, _live) = (snapshot, live);
        _byPath = entries.ToDictionary(entry => entry.Path, entry => new FrozenNode(entry.Path, entry.Status));
        foreach (var (path, _) in entries.Skip(1)) _byPath[path.Parent].Children.Add(_byPath[path]);
        for (var i = entries.Count - 1; i > 0; i--) _byPath[entries[i].Path.Parent].Totals += _byPath[entries[i].Path].Totals;
        foreach (var node in _byPath.Values)
        {
            var name = node.Path.IsRoot ? Encoding.UTF8.GetBytes(snapshot.SourcePath[(snapshot.SourcePath.LastIndexOf('/') + 1)..]) : node.Path.Name;
            var id = node.Path.IsRoot ? snapshot.SourceId : EntryNaming.IdOf(node.Path, node.Status, device);
            var below = (node.Children.Count, node.Children.Count(child => child.Status.IsDirectory));
            node.Entry = EntryNaming.Entry(id, EntryNaming.Text(snapshot.SourcePath, node.Path), name, node.Status, below);
            _byId.TryAdd(id, node);
        }
        foreach (var node in _byPath.Values) node.Children.Sort((a, b) => a.Entry.Cursor.CompareTo(b.Entry.Cursor));
    }

    public ServedEntry? Find(string path)
    {
        var within = _snapshot.SourcePath == "/" ? path : path == _snapshot.SourcePath ? "/" : path.StartsWith(_snapshot.SourcePath + "/", StringComparison.Ordinal) ? path[_snapshot.SourcePath.Length..] : null;
        if (within is null) return _live.Find(path);
        return EntryNaming.Parse(within) is { } parsed ? _byPath.GetValueOrDefault(parsed)?.Entry : null;
    }

    public ServedEntry? FindById(string id) => _byId.TryGetValue(id, out var node) ? node.Entry : _live.FindById(id);

    public IEnumerable<ServedEntry> ReadChildren(ServedEntry directory, long after) =>
        Node(directory) is { } node ? node.Children.Select(child => child.Entry).SkipWhile(child => child.Cursor <= after) : _live.ReadChildren(directory, after);

    public ServedTotals TotalsOf(ServedEntry directory) => Node(directory)?.Totals ?? _live.TotalsOf(directory);

    public IEnumerable<(ServedEntry Entry, ServedTotals Totals)> ReadTotals(ServedEntry directory) =>
        Node(directory) is { } node ? node.Children.Select(child => (child.Entry, child.Totals)) : _live.ReadTotals(directory);

    // By identity: an id also stands for the same directory as it is now, when that was asked for.
    private FrozenNode? Node(ServedEntry directory) => _byId.TryGetValue(directory.Id, out var node) && ReferenceEquals(node.Entry, directory) ? node : null;

    private sealed class FrozenNode(EntryPath path, EntryStatus status)
    {
        public EntryPath Path => path;

        public EntryStatus Status => status;

        public ServedEntry Entry { get; set; } = null!;

        public List<FrozenNode> Children { get; } = [];

        public ServedTotals Totals { get; set; } = status.Own;
    }
}

using QSplit.Emulator.Served;
using QSplit.Trees;

namespace QSplit.Emulator.Directories;

/// <summary>
/// What changed between two snapshots of one directory, as a cluster tells it: a directory ends in a slash, one that was created or deleted
/// stands for all that is in it, and a new name is a deletion and a creation.
/// </summary>
internal static class TreeChanges
{
    /// <param name="above">The path of the directory that was frozen, as text.</param>
    public static IReadOnlyList<ServedChange> Between(IReadOnlyList<IndexedEntry> older, IReadOnlyList<IndexedEntry> newer, string above)
    {
        var before = older.ToDictionary(entry => entry.Path, entry => entry.Status);
        var after = newer.ToDictionary(entry => entry.Path, entry => entry.Status);
        var stayed = new HashSet<EntryPath>();
        var changes = new List<ServedChange>();
        foreach (var path in before.Keys.Union(after.Keys).Order())
        {
            if (!path.IsRoot && !stayed.Contains(path.Parent)) continue;
            var was = before.TryGetValue(path, out var old);
            var isThere = after.TryGetValue(path, out var now);
            if (was && isThere && (path.IsRoot || now.IsSameAs(old)))
            {
                if (now.IsDirectory) stayed.Add(path);
                if (now.DiffersFrom(old)) changes.Add(Change("MODIFY", path, now));
                continue;
            }
            if (was) changes.Add(Change("DELETE", path, old));
            if (isThere) changes.Add(Change("CREATE", path, now));
        }
        return changes;

        ServedChange Change(string operation, EntryPath path, in EntryStatus status)
        {
            var text = EntryNaming.Text(above, path);
            return new(operation, status.IsDirectory && text != "/" ? text + "/" : text)
            {
                Linked = !status.IsDirectory && status.Links > 1 ? (status.Device, status.Inode) : null,
            };
        }
    }
}

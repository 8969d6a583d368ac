using System.Text;
using QSplit.Emulator.Served;
using QSplit.Trees;

namespace QSplit.Emulator.Directories;

/// <summary>
/// Copies of a directory as it was, in <c>.snapshot/</c> right below it, each with an index beside it: what a mount of a cluster shows there,
/// so that hosts can copy from it.
/// </summary>
/// <param name="copier">Runs cp, which shares the blocks of files where the file system can.</param>
internal sealed class FrozenCopies(Copier copier)
{
    // Longer than the tick of the kernel's clock (10 ms at most): see FreezeAsync.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    public static string CopyOf(string directory, ServedSnapshot snapshot) => Path.Combine(Shelf(directory), snapshot.Directory);

    public static string IndexOf(string directory, ServedSnapshot snapshot) => Path.Combine(Shelf(directory), $".{snapshot.Directory}.index");

    public static string Shelf(string directory) => Path.Combine(directory, RealDirectory.Hidden);

    /// <summary>Makes the shelf unless it is there. The directory keeps its time: on a cluster nothing happens to it either.</summary>
    public static void MakeShelf(string directory)
    {
        if (Directory.Exists(Shelf(directory))) return;
        var real = new RealDirectory(directory);
        var before = real.Look(EntryPath.Root);
        Directory.CreateDirectory(Shelf(directory));
        // What the umask says does not matter: others copy from here.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Shelf(directory), (UnixFileMode)0b111_101_101);
        if (before is { } status) real.SetModified(EntryPath.Root, status.Modified);
    }

    /// <summary>Freezes a directory.</summary>
    /// <param name="directory">Its full path.</param>
    /// <remarks>
    /// The index is read first, then a tick of the clock goes by, then all is copied: what changes after the index was read either is in the copy, or
    /// has a later time of change than the index says. So the next index shows each change that this copy does not have.
    /// </remarks>
    /// <exception cref="StorageException">It cannot be copied; nothing is left of the attempt.</exception>
    public async Task FreezeAsync(string directory, ServedSnapshot snapshot, CancellationToken cancellationToken)
    {
        MakeShelf(directory);
        var originals = new RealDirectory(directory).ReadAll().ToDictionary(entry => entry.Path, entry => entry.Status);
        await Task.Delay(Tick, TimeProvider.System, cancellationToken);
        var making = Path.Combine(Shelf(directory), $".making-{snapshot.Number}");
        try
        {
            await copier.CopyAsync(directory, making, cancellationToken);
            var copy = new RealDirectory(making);
            if (originals.TryGetValue(EntryPath.Root, out var root)) copy.SetModified(EntryPath.Root, root.Modified);
            await RemoveInnerShelvesAsync(making, originals, cancellationToken);
            IndexFile.Write(IndexOf(directory, snapshot), [.. copy.ReadAll().Select(entry => new IndexedEntry(entry.Path, Frozen(entry.Status, originals, entry.Path))).OrderBy(entry => entry.Path)]);
            Directory.Move(making, CopyOf(directory, snapshot));
        }
        catch
        {
            await copier.RemoveAsync(making, CancellationToken.None);
            File.Delete(IndexOf(directory, snapshot));
            RemoveShelf(directory);
            throw;
        }
    }

    /// <summary>Removes a copy with its index, and the shelf with the last.</summary>
    public async Task RemoveAsync(string directory, ServedSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Shelf(directory))) return;
        await copier.RemoveAsync(CopyOf(directory, snapshot), cancellationToken);
        File.Delete(IndexOf(directory, snapshot));
        RemoveShelf(directory);
    }

    private static void RemoveShelf(string directory)
    {
        if (!Directory.Exists(Shelf(directory)) || Directory.EnumerateFileSystemEntries(Shelf(directory)).Any()) return;
        var real = new RealDirectory(directory);
        var before = real.Look(EntryPath.Root);
        Directory.Delete(Shelf(directory));
        if (before is { } status) real.SetModified(EntryPath.Root, status.Modified);
    }

    /// <summary>Removes the frozen copies of directories further down: no part of the tree. In a directory whose name is not UTF-8 they stay, unseen by the API.</summary>
    private async Task RemoveInnerShelvesAsync(string making, Dictionary<EntryPath, EntryStatus> originals, CancellationToken cancellationToken)
    {
        foreach (var (path, status) in originals.Where(entry => entry.Value.IsDirectory && !entry.Key.IsRoot))
        {
            var inner = Shelf(Path.Combine(making, Encoding.UTF8.GetString(path.Bytes)));
            if (!Directory.Exists(inner)) continue;
            await copier.RemoveAsync(inner, cancellationToken);
            new RealDirectory(making).SetModified(path, status.Modified);
        }
    }

    /// <summary>What the index says of an entry of the copy: its original's status, or where it changed meanwhile one that no later one equals.</summary>
    private static EntryStatus Frozen(in EntryStatus copy, Dictionary<EntryPath, EntryStatus> originals, EntryPath path)
    {
        if (!originals.TryGetValue(path, out var original) || original.Type != copy.Type) return copy;
        var unchanged = original.Modified == copy.Modified && original.Mode == copy.Mode && (original.IsDirectory || original.Size == copy.Size);
        return unchanged ? original : original with { Mode = copy.Mode, Owner = copy.Owner, Group = copy.Group, Size = copy.Size, Blocks = copy.Blocks, Modified = copy.Modified, Changed = default };
    }
}

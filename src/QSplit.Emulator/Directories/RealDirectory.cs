using System.Text;
using QSplit.Emulator.Served;
using QSplit.Trees;
using QSplit.Trees.Native;

namespace QSplit.Emulator.Directories;

/// <summary>A directory of this machine as it is now, read by paths that are bytes. No <c>.snapshot</c> in it is seen, as on a cluster.</summary>
/// <param name="location">Its full path. Opened anew each time: it may be removed and made again.</param>
internal sealed class RealDirectory(string location)
{
    public const string Hidden = ".snapshot";

    private const int BufferBytes = 64 * 1024;

    private static readonly byte[] HiddenName = Encoding.UTF8.GetBytes(Hidden);

    /// <summary>What is at a path; null for nothing. Links are not followed.</summary>
    public EntryStatus? Look(EntryPath path)
    {
        using var parent = Open(path.Parent);
        if (parent is null || IsHidden(path.Parent)) return null;
        return Look(parent, [.. path.Name, 0], wantTimes: true) is { } status && !IsHidden(path.Name, status) ? status : null;
    }

    /// <summary>The entries of a directory behind a cursor, in the order of theirs.</summary>
    /// <exception cref="UnauthorizedAccessException">The directory may not be read.</exception>
    public IEnumerable<(byte[] Name, EntryStatus Status)> Read(EntryPath directory, long after)
    {
        using var opened = Open(directory);
        if (opened is null) yield break;
        foreach (var name in Names(opened).Select(name => (Name: name, Cursor: Cursors.Of(name))).Where(name => name.Cursor > after).OrderBy(name => name.Cursor).Select(name => name.Name))
            if (Look(opened, [.. name, 0], wantTimes: true) is { } status && !IsHidden(name, status)) yield return (name, status);
    }

    /// <summary>A directory with all below it, itself included. What may not be read counts alone.</summary>
    public ServedTotals Sum(EntryPath directory)
    {
        var sum = new ServedTotals(0, 1, 0, 1, 0, 0);
        var buffer = new byte[BufferBytes];
        var left = new Stack<EntryPath>([directory]);
        while (left.TryPop(out var at))
        {
            using var opened = TryOpen(at);
            for (int filled; opened is not null && (filled = LinuxFiles.ReadEntries(opened.Descriptor, buffer)) > 0;)
            {
                var entries = new DirectoryEntries(buffer.AsSpan(0, filled));
                while (entries.MoveNext())
                {
                    if (LinuxFiles.Look(opened.Descriptor, entries.TerminatedName, out var found) < 0) continue;
                    var status = EntryStatus.Of(found);
                    if (IsHidden(entries.Name, status)) continue;
                    sum += status.Own;
                    if (status.IsDirectory) left.Push(at.Combine(entries.Name));
                }
            }
        }
        return sum;
    }

    /// <summary>The directory itself and all below it, parents before children; what may not be read stands alone.</summary>
    public IEnumerable<(EntryPath Path, EntryStatus Status)> ReadAll()
    {
        if (Look(EntryPath.Root) is not { } self) yield break;
        yield return (EntryPath.Root, self);
        var left = new Stack<EntryPath>([EntryPath.Root]);
        while (left.TryPop(out var at))
        {
            using var opened = TryOpen(at);
            if (opened is null) continue;
            foreach (var name in Names(opened))
            {
                if (Look(opened, [.. name, 0], wantTimes: true) is not { } status || IsHidden(name, status)) continue;
                var path = at.Combine(name);
                yield return (path, status);
                if (status.IsDirectory) left.Push(path);
            }
        }
    }

    /// <summary>How many entries a directory has, and how many of them are directories.</summary>
    public (long Entries, int Directories) Count(EntryPath directory)
    {
        var (entries, directories) = (0L, 0);
        using var opened = TryOpen(directory);
        if (opened is null) return default;
        var buffer = new byte[BufferBytes];
        for (int filled; (filled = LinuxFiles.ReadEntries(opened.Descriptor, buffer)) > 0;)
        {
            var found = new DirectoryEntries(buffer.AsSpan(0, filled));
            while (found.MoveNext())
            {
                var isDirectory = found.Type == FileStatus.Directory || (found.Type == 0 && Look(opened, found.TerminatedName, wantTimes: false) is { IsDirectory: true });
                if (isDirectory && found.Name.SequenceEqual(HiddenName)) continue;
                entries++;
                if (isDirectory) directories++;
            }
        }
        return (entries, directories);
    }

    /// <summary>Sets when a directory was last changed; where that is not permitted it stays.</summary>
    public void SetModified(EntryPath directory, UnixTime modified)
    {
        using var opened = TryOpen(directory);
        if (opened is not null) _ = LinuxFiles.SetModified(opened.Descriptor, modified.Seconds, (uint)modified.Nanoseconds);
    }

    private DirectoryHandle? Open(EntryPath directory)
    {
        var error = TryOpen(directory, out var opened);
        if (error == -LinuxFiles.PermissionMissing) throw new UnauthorizedAccessException($"{directory} of {location} may not be read: {LinuxFiles.Explain(error)}.");
        return opened;
    }

    private DirectoryHandle? TryOpen(EntryPath directory) => TryOpen(directory, out var opened) >= 0 ? opened : null;

    private int TryOpen(EntryPath directory, out DirectoryHandle? opened)
    {
        opened = null;
        var descriptor = LinuxFiles.OpenDirectory(Encoding.UTF8.GetBytes(location));
        if (descriptor < 0) return descriptor;
        var root = new DirectoryHandle(descriptor);
        if (directory.IsRoot)
        {
            opened = root;
            return 0;
        }
        using (root) descriptor = LinuxFiles.OpenBelow(root.Descriptor, directory.Bytes);
        if (descriptor >= 0) opened = new(descriptor);
        return Math.Min(descriptor, 0);
    }

    private static EntryStatus? Look(DirectoryHandle directory, ReadOnlySpan<byte> terminatedName, bool wantTimes) =>
        LinuxFiles.Look(directory.Descriptor, terminatedName, out var status, wantTimes) == 0 ? EntryStatus.Of(status) : null;

    private static List<byte[]> Names(DirectoryHandle directory)
    {
        var names = new List<byte[]>();
        var buffer = new byte[BufferBytes];
        for (int filled; (filled = LinuxFiles.ReadEntries(directory.Descriptor, buffer)) > 0;)
        {
            var entries = new DirectoryEntries(buffer.AsSpan(0, filled));
            while (entries.MoveNext()) names.Add(entries.Name.ToArray());
        }
        return names;
    }

    private static bool IsHidden(ReadOnlySpan<byte> name, in EntryStatus status) => status.IsDirectory && name.SequenceEqual(HiddenName);

    private static bool IsHidden(EntryPath directory)
    {
        for (; !directory.IsRoot; directory = directory.Parent)
            if (directory.Name.SequenceEqual(HiddenName)) return true;
        return false;
    }
}

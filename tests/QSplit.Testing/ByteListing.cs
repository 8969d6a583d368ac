using System.Text;
using QSplit.Trees;
using QSplit.Trees.Native;

namespace QSplit.Testing;

/// <summary>An entry of a tree, as it is on disk.</summary>
/// <param name="Seconds">When it was modified, since 1970, UTC.</param>
public sealed record ByteEntry(EntryPath Path, EntryKind Kind, int Mode, long Size, long Seconds, int Nanoseconds);

/// <summary>Lists trees whose names are bytes.</summary>
public static class ByteListing
{
    /// <summary>All below a directory, in the order of the paths; of what vanishes meanwhile nothing is told.</summary>
    public static List<ByteEntry> Of(string directory)
    {
        var found = new List<ByteEntry>();
        using (var top = new DirectoryHandle(LinuxFiles.OpenDirectory(Encoding.UTF8.GetBytes(directory))))
            if (!top.IsInvalid && top.Descriptor >= 0) Below(EntryPath.Root, top, found);
        found.Sort((a, b) => a.Path.CompareTo(b.Path));
        return found;
    }

    private static void Below(EntryPath path, DirectoryHandle directory, List<ByteEntry> found)
    {
        var buffer = new byte[1 << 15];
        while (LinuxFiles.ReadEntries(directory.Descriptor, buffer) is > 0 and var filled)
        {
            var entries = new DirectoryEntries(buffer.AsSpan(0, filled));
            while (entries.MoveNext())
            {
                if (LinuxFiles.Look(directory.Descriptor, entries.TerminatedName, out var status, wantTimes: true) < 0) continue;
                var entry = path.Combine(entries.Name);
                found.Add(new(entry, EntryKinds.Of(status), status.Mode & 0xfff, status.Size, status.Modified, (int)status.ModifiedNanoseconds));
                if (EntryKinds.Of(status) != EntryKind.Directory || LinuxFiles.OpenBelow(directory.Descriptor, entries.Name) is not (>= 0 and var below)) continue;
                using var inner = new DirectoryHandle(below);
                Below(entry, inner, found);
            }
        }
    }
}

using System.Text;
using QSplit.Trees.Native;

namespace QSplit.Trees;

/// <summary>Single entries of a mounted directory, by paths that are bytes.</summary>
public static class LocalEntries
{
    /// <summary>Whether the entry is there; links are neither followed at its end nor on the way. An entry that may not be looked at is not there.</summary>
    /// <param name="directory">The mounted directory, in full.</param>
    public static bool Exists(string directory, EntryPath path)
    {
        if (!LinuxFiles.IsSupported) return Path.Exists(Path.Combine(directory, path.IsRoot ? "" : path.ToString()[2..]));
        var descriptor = LinuxFiles.OpenDirectory(Encoding.UTF8.GetBytes(directory));
        if (descriptor < 0) return false;
        using var root = new DirectoryHandle(descriptor);
        if (path.IsRoot || path.Parent.IsRoot) return LinuxFiles.Look(root.Descriptor, [.. path.Name, 0], out _) == 0;
        var parent = LinuxFiles.OpenBelow(root.Descriptor, path.Parent.Bytes);
        if (parent < 0) return false;
        using var opened = new DirectoryHandle(parent);
        return LinuxFiles.Look(opened.Descriptor, [.. path.Name, 0], out _) == 0;
    }
}

using System.Runtime.InteropServices;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

/// <summary>Puts a made-up tree on disk; .NET's own calls cannot make names that are not UTF-8.</summary>
internal static partial class Posix
{
    public static void Create(Node tree, string folder)
    {
        foreach (var (path, node) in tree.Entries().Where(entry => !entry.Path.IsRoot))
        {
            byte[] at = [.. System.Text.Encoding.UTF8.GetBytes(folder), (byte)'/', .. path.Bytes, 0];
            var result = node.Kind switch
            {
                EntryKind.Directory => mkdir(at, 0x1ED),
                EntryKind.Symlink => symlink("nowhere\0"u8.ToArray(), at),
                _ => CreateFile(at),
            };
            if (result < 0) throw new IOException($"{path} in {folder}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    private static int CreateFile(byte[] at) => creat(at, 0x1A4) is var file && file < 0 ? file : close(file);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mkdir(byte[] path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int symlink(byte[] target, byte[] path);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int creat(byte[] path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int file);
}

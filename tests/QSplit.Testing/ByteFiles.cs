using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace QSplit.Testing;

/// <summary>Makes things on disk below one directory, by paths that are bytes. Each failure is an <see cref="IOException"/> that names the call.</summary>
/// <param name="directory">An existing directory.</param>
public sealed class ByteFiles(string directory)
{
    private readonly byte[] _directory = Encoding.UTF8.GetBytes(directory);

    public static bool IsRoot { get; } = Libc.geteuid() == 0;

    public void Directory(ReadOnlySpan<byte> path) => Check(Libc.mkdir(Full(path), 0b111_101_101), "mkdir", path);

    public void File(ReadOnlySpan<byte> path, ReadOnlySpan<byte> content = default) => File(path, content, content.Length);

    /// <summary>A file of <paramref name="size"/> bytes: the block, again and again.</summary>
    public void File(ReadOnlySpan<byte> path, ReadOnlySpan<byte> block, long size)
    {
        var descriptor = Create(path);
        for (var written = 0L; written < size;)
        {
            var rest = block[(int)(written % block.Length)..];
            var length = (int)Libc.write(descriptor, in MemoryMarshal.GetReference(rest), (nint)Math.Min(rest.Length, size - written));
            Check(length, "write", path);
            written += length;
        }
        _ = Libc.close(descriptor);
    }

    /// <summary>A file that is one hole, but for its last bytes.</summary>
    public void SparseFile(ReadOnlySpan<byte> path, long size, ReadOnlySpan<byte> end = default)
    {
        var descriptor = Create(path);
        Check(Libc.ftruncate64(descriptor, size), "ftruncate", path);
        if (!end.IsEmpty) Check((int)Libc.pwrite64(descriptor, in MemoryMarshal.GetReference(end), end.Length, size - end.Length), "pwrite", path);
        _ = Libc.close(descriptor);
    }

    public void Symlink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target) => Check(Libc.symlink([.. target, 0], Full(path)), "symlink", path);

    public void HardLink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> existing) => Check(Libc.link(Full(existing), Full(path)), "link", path);

    public void Fifo(ReadOnlySpan<byte> path) => Check(Libc.mknod(Full(path), 0x1000 | 0b110_100_100, 0), "mknod", path);

    public void Socket(ReadOnlySpan<byte> path) => Check(Libc.mknod(Full(path), 0xC000 | 0b110_100_100, 0), "mknod", path);

    /// <summary>A character device; false where this system does not let one be made.</summary>
    public bool TryDevice(ReadOnlySpan<byte> path, byte major, byte minor)
    {
        var made = Libc.mknod(Full(path), 0x2000 | 0b110_110_110, (ulong)(major << 8 | minor));
        if (made < 0 && Marshal.GetLastPInvokeError() == Libc.NotPermitted) return false;
        Check(made, "mknod", path);
        return true;
    }

    public void Mode(ReadOnlySpan<byte> path, int mode) => Check(Libc.chmod(Full(path), (uint)mode), "chmod", path);

    public void Owner(ReadOnlySpan<byte> path, uint owner, uint group) => Check(Libc.lchown(Full(path), owner, group), "lchown", path);

    /// <summary>Sets the time of change, of a symlink too.</summary>
    /// <param name="seconds">Since 1970, UTC.</param>
    public void Time(ReadOnlySpan<byte> path, long seconds, int nanoseconds) =>
        Check(Libc.utimensat(Libc.WorkingDirectory, Full(path), [seconds, nanoseconds, seconds, nanoseconds], Libc.NoFollow), "utimensat", path);

    /// <summary>Gives an entry another name; what has that name is replaced, as rename(2) does it.</summary>
    public void Rename(ReadOnlySpan<byte> path, ReadOnlySpan<byte> to) => Check(Libc.rename(Full(path), Full(to)), "rename", path);

    /// <summary>Removes what is no directory.</summary>
    public void Remove(ReadOnlySpan<byte> path) => Check(Libc.unlinkat(Libc.WorkingDirectory, Full(path), 0), "unlink", path);

    /// <summary>Removes a directory that is empty.</summary>
    public void RemoveDirectory(ReadOnlySpan<byte> path) => Check(Libc.unlinkat(Libc.WorkingDirectory, Full(path), Libc.RemoveDirectory), "rmdir", path);

    /// <summary>The content of a file.</summary>
    public byte[] Read(ReadOnlySpan<byte> path)
    {
        var descriptor = Libc.openat(Libc.WorkingDirectory, Full(path), Libc.ReadOnlyNoFollow, 0);
        Check(descriptor, "open", path);
        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        var content = new byte[RandomAccess.GetLength(file)];
        return content[..RandomAccess.Read(file, content, 0)];
    }

    /// <summary>Sets an extended attribute; false where the file system keeps none.</summary>
    public bool TryAttribute(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var set = Libc.setxattr(Full(path), [.. name, 0], value.ToArray(), value.Length, 0);
        if (set < 0 && Marshal.GetLastPInvokeError() == Libc.NotSupported) return false;
        Check(set, "setxattr", path);
        return true;
    }

    private int Create(ReadOnlySpan<byte> path)
    {
        var descriptor = Libc.openat(Libc.WorkingDirectory, Full(path), Libc.WriteOnlyCreate, 0b110_100_100);
        Check(descriptor, "open", path);
        return descriptor;
    }

    private byte[] Full(ReadOnlySpan<byte> path) => [.. _directory, (byte)'/', .. path, 0];

    private static void Check(int result, string call, ReadOnlySpan<byte> path)
    {
        if (result < 0) throw new IOException($"{call} {Trees.ByteText.Write(path)}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}

using System.Runtime.InteropServices;

namespace QSplit.Trees.Native;

/// <summary>
/// The Linux system calls that tell what is on disk, names as bytes. What can fail returns a negative errno, as the kernel does:
/// on a live tree a failure is an answer, not an exception.
/// </summary>
/// <remarks>
/// <c>getdents64</c> and <c>openat2</c> go through <c>syscall</c>: musl has no <c>readdir64</c>, and no libc before glibc 2.43 wraps <c>openat2</c>.
/// Numbers and flags: include/uapi/asm-generic/unistd.h, arch/x86/entry/syscalls/syscall_64.tbl, arch/arm64/include/uapi/asm/fcntl.h.
/// </remarks>
internal static unsafe partial class LinuxFiles
{
    public const int PermissionMissing = 13; // EACCES
    public const int Gone = 2; // ENOENT
    public const int NotADirectory = 20; // ENOTDIR
    public const int TooManyLinks = 40; // ELOOP

    private const int InterruptedCall = 4; // EINTR
    private const int NotPermitted = 1; // EPERM
    private const int NotKnown = 38; // ENOSYS

    private const int LongestPath = 4095; // PATH_MAX without the NUL
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int OpenCloseOnExec = 0x80000;
    private const int OpenPathOnly = 0x200000;
    private const uint NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint NoAutomount = 0x800;
    private const uint EmptyPath = 0x1000;

    // Type, mode, nlink, uid, gid, mtime, ino, size, blocks.
    private const uint WantedOfStatx = 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x40 | 0x100 | 0x200 | 0x400;

    private const uint Times = 0x20 | 0x40 | 0x80 | 0x800; // atime, mtime, ctime, btime

    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
    private static readonly int DirectoryOnly = (IsArm ? 0x4000 : 0x10000) | OpenCloseOnExec;
    private static readonly int NotThroughLink = IsArm ? 0x8000 : 0x20000;
    private static readonly nint ReadEntriesCall = IsArm ? 61 : 217;

    /// <summary>Whether this system is one whose calls are known here: Linux on x64 or arm64.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>Opens a directory to list it; symlinks on the way and at its end are followed. A descriptor, or a negative errno.</summary>
    public static int OpenDirectory(ReadOnlySpan<byte> path) => OpenAt(CurrentDirectory, path, DirectoryOnly);

    /// <summary>
    /// Opens the directory <paramref name="path"/> below <paramref name="root"/> to list it: of any length, and no symlink on the way is
    /// followed, even one that was put there a moment ago. A descriptor, or a negative errno.
    /// </summary>
    /// <param name="nameByName">Do without <c>openat2</c>, as on kernels before 5.6.</param>
    public static int OpenBelow(int root, ReadOnlySpan<byte> path, bool nameByName = false)
    {
        var at = root;
        for (var rest = path; ;)
        {
            var length = nameByName ? rest.IndexOf((byte)'/') : rest.Length <= LongestPath ? -1 : rest[..LongestPath].LastIndexOf((byte)'/');
            var last = length < 0;
            var next = OpenBeneath(at, last ? rest : rest[..length], last ? 0 : OpenPathOnly, nameByName);
            if (at != root) Close(at);
            // Old container profiles answer a call that they do not know with EPERM.
            if (next is -NotKnown or -NotPermitted && !nameByName) return OpenBelow(root, path, nameByName: true);
            if (last || next < 0) return next;
            at = next;
            rest = rest[(length + 1)..];
        }
    }

    /// <summary>Fills <paramref name="buffer"/> with entries (see <see cref="DirectoryEntries"/>). Bytes filled, 0 at the end, or a negative errno.</summary>
    public static int ReadEntries(int directory, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var filled = (int)syscall(ReadEntriesCall, directory, (nint)start, buffer.Length, 0);
                if (filled >= 0) return filled;
                if (Marshal.GetLastPInvokeError() is not InterruptedCall and var error) return -error;
            }
        }
    }

    /// <summary>Tells of the entry <paramref name="name"/> in an open directory, never of what a symlink points to; an empty name is the directory itself. 0, or a negative errno.</summary>
    /// <param name="name">With its NUL.</param>
    /// <param name="wantTimes">
    /// Fills all times; that of creation stays 0 where the file system keeps none. A crawl asks for that of the last change alone, which
    /// Linux since 6.13 fills only where it is asked for (fill_mg_cmtime). NFS writes out the pages of a file that this machine has changed
    /// to answer (nfs_getattr).
    /// </param>
    /// <remarks>Not AT_STATX_DONT_SYNC: Lustre then answers with a size of 0 for files not yet looked at.</remarks>
    public static int Look(int directory, ReadOnlySpan<byte> name, out FileStatus status, bool wantTimes = false)
    {
        fixed (byte* start = name)
        fixed (FileStatus* into = &status)
        {
            var flags = NoFollow | NoAutomount | (name[0] == 0 ? EmptyPath : 0);
            while (true)
            {
                if (statx(directory, start, flags, WantedOfStatx | (wantTimes ? Times : 0), into) == 0) return 0;
                if (Marshal.GetLastPInvokeError() is not InterruptedCall and var error) return -error;
            }
        }
    }

    /// <summary>Sets when an open directory was last changed, to the nanosecond. 0, or a negative errno.</summary>
    public static int SetModified(int directory, long seconds, uint nanoseconds)
    {
        const int Keep = 0x3ffffffe; // UTIME_OMIT
        var times = stackalloc nint[] { 0, Keep, (nint)seconds, (nint)nanoseconds };
        return futimens(directory, times) == 0 ? 0 : -Marshal.GetLastPInvokeError();
    }

    public static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>The system's own words for an errno: <c>Permission denied</c>.</summary>
    public static string Explain(int error) => Marshal.GetPInvokeErrorMessage(Math.Abs(error));

    private static int OpenBeneath(int directory, ReadOnlySpan<byte> path, int flags, bool nameByName)
    {
        if (nameByName) return OpenAt(directory, path, flags | DirectoryOnly | NotThroughLink);
        var how = new OpenHow { Flags = (ulong)(uint)(flags | DirectoryOnly), Resolve = 0x4 }; // RESOLVE_NO_SYMLINKS
        Span<byte> terminated = stackalloc byte[path.Length + 1];
        path.CopyTo(terminated);
        fixed (byte* start = terminated)
        {
            while (true)
            {
                var descriptor = (int)syscall(437, directory, (nint)start, (nint)(&how), sizeof(OpenHow));
                if (descriptor >= 0) return descriptor;
                if (Marshal.GetLastPInvokeError() is not InterruptedCall and var error) return -error;
            }
        }
    }

    private static int OpenAt(int directory, ReadOnlySpan<byte> path, int flags)
    {
        byte[] terminated = [.. path, 0];
        fixed (byte* start = terminated)
        {
            while (true)
            {
                var descriptor = openat(directory, start, flags);
                if (descriptor >= 0) return descriptor;
                if (Marshal.GetLastPInvokeError() is not InterruptedCall and var error) return -error;
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int openat(int directory, byte* path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int statx(int directory, byte* path, uint flags, uint mask, FileStatus* status);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, nint b, nint c, nint d);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int futimens(int descriptor, nint* times);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}

using System.Runtime.InteropServices;

namespace QSplit.Testing;

/// <summary>The C library, where .NET has no word for it or cannot take a path that is not UTF-8. Linux on x64 and arm64.</summary>
internal static partial class Libc
{
    public const int WorkingDirectory = -100;
    public const int NoFollow = 0x100;
    public const int WriteOnlyCreate = 0x1 | 0x40 | 0x200 | 0x80000; // O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    public const int RemoveDirectory = 0x200; // AT_REMOVEDIR
    public const int NotSupported = 95;
    public const int NotPermitted = 1;

    /// <summary>O_RDONLY | O_NOFOLLOW | O_CLOEXEC.</summary>
    public static int ReadOnlyNoFollow { get; } = 0x80000 | (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int openat(int directory, byte[] path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint write(int descriptor, in byte start, nint length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint pwrite64(int descriptor, in byte start, nint length, long offset);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int ftruncate64(int descriptor, long length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int mkdir(byte[] path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int mknod(byte[] path, uint mode, ulong device);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int unlinkat(int directory, byte[] path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int rename(byte[] path, byte[] newPath);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int link(byte[] path, byte[] newPath);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int symlink(byte[] target, byte[] path);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint readlinkat(int directory, byte[] path, [Out] byte[] target, nint length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int lchown(byte[] path, uint owner, uint group);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int chmod(byte[] path, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int utimensat(int directory, byte[] path, long[] times, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int setxattr(byte[] path, byte[] name, byte[] value, nint length, int flags);

    [LibraryImport("libc")]
    public static partial uint geteuid();

    [LibraryImport("libc")]
    public static partial int setfsuid(uint user);
}

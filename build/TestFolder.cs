namespace Build;

/// <summary>The folder for temporary files of a test run: in memory where there is room, else the system's own. What tests leave in it is deleted.</summary>
/// <remarks>
/// Tests create and delete many small files. On ext4 that costs several times as much: it does not reuse an inode within five seconds
/// (<c>recently_deleted</c> in the kernel's fs/ext4/ialloc.c), and looks through all of them for each new file.
/// </remarks>
internal sealed class TestFolder : IDisposable
{
    private const string Memory = "/dev/shm";
    private const long Room = 4L << 30;

    public string Path { get; } = Make();

    public void Dispose()
    {
        if (Path.StartsWith(Memory, StringComparison.Ordinal) && Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }

    // A TMPDIR that somebody chose is kept.
    private static string Make() =>
        Environment.GetEnvironmentVariable("TMPDIR") is null && Directory.Exists(Memory) && new DriveInfo(Memory) is { DriveFormat: "tmpfs", AvailableFreeSpace: > Room }
            ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"qs-{Environment.ProcessId}")).FullName
            : System.IO.Path.GetTempPath();
}

namespace Build;

/// <summary>The folder for temporary files of a test run: a new one in memory where there is room, else the system's own.</summary>
/// <remarks>
/// Tests create and delete many small files. On ext4 that costs several times as much: it does not reuse an inode within five seconds
/// (<c>recently_deleted</c> in the kernel's fs/ext4/ialloc.c), and looks through all of them for each new file.
/// </remarks>
internal sealed class TestFolder : IDisposable
{
    private const string Memory = "/dev/shm";
    private const long Room = 4L << 30;

    // Only what was made here is deleted, never a folder that TMPDIR names.
    private readonly string? _made = HasRoom()
        ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"qs-{Environment.ProcessId}")).FullName
        : null;

    public string Path => _made ?? System.IO.Path.GetTempPath();

    public void Dispose()
    {
        try
        {
            if (_made is not null) Directory.Delete(_made, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Something still writes there, or a killed test left a name that is not text: no reason for a run to fail.
        }
    }

    // A TMPDIR that somebody chose is kept.
    private static bool HasRoom() =>
        Environment.GetEnvironmentVariable("TMPDIR") is null
        && Directory.Exists(Memory)
        && new DriveInfo(Memory) is { DriveFormat: "tmpfs", AvailableFreeSpace: > Room };
}

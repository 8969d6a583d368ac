namespace QSplit.Testing;

/// <summary>A folder that is gone in the end, whatever is in it: shut directories, names that are not text, paths too long to be said.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <remarks>Its path is short: a socket in it has at most 104 bytes.</remarks>
    /// <param name="below">Where to make it; the system's place for such things by default.</param>
    public TemporaryFolder(string? below = null)
    {
        Path = System.IO.Path.Combine(below ?? System.IO.Path.GetTempPath(), "qs-" + Guid.NewGuid().ToString("N")[..12]);
        Directory.CreateDirectory(Path);
    }

    /// <summary>A place in memory, for many small files in no time; null where there is none.</summary>
    public static string? InMemory { get; } = Directory.Exists("/dev/shm") ? "/dev/shm" : null;

    public string Path { get; }

    /// <summary>A path in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>A new directory in it.</summary>
    public string MakeDirectory(string name) => Directory.CreateDirectory(this[name]).FullName;

    public void Dispose()
    {
        if (!ByteFiles.IsRoot) Tool.Run("chmod", "-R", "u+rwX", "--", Path);
        Tool.Run("rm", "-rf", "--", Path);
    }
}

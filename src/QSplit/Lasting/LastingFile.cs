using System.Text;
using Microsoft.Win32.SafeHandles;
using QSplit.Trees.Native;

namespace QSplit.Lasting;

/// <summary>Writes small files so that each is there as a whole, also after a power cut, or as it was before.</summary>
internal static class LastingFile
{
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using (var file = new FileStream(Unfinished(path), FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(Unfinished(path), path, overwrite: true);
        FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Takes the file away, with what an earlier attempt to write it may have left.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(Unfinished(path));
        FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes the names in a directory last; .NET opens none to do so.</summary>
    public static void FlushDirectory(string directory)
    {
        if (!LinuxFiles.IsSupported || LinuxFiles.OpenDirectory(Encoding.UTF8.GetBytes(directory)) is not (>= 0 and var descriptor)) return;
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }

    private static string Unfinished(string path) => path + ".new";
}

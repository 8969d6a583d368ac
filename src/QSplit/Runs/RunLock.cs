namespace QSplit.Runs;

/// <summary>Held by the one controller of a migration. The kernel lets it go when the controller ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    // EWOULDBLOCK of flock(2), and ERROR_SHARING_VIOLATION.
    private const int TakenOnUnix = 11, TakenOnWindows = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a migration, or says who has it.</summary>
    /// <param name="folder">The migration's folder of runs; made when missing.</param>
    /// <param name="controller">Who asks, for the message that another controller gets.</param>
    /// <exception cref="StorageException">Another controller has it, or it cannot be had at all.</exception>
    public static RunLock Take(string folder, string migration, string controller)
    {
        var path = Path.Combine(folder, "controller.lock");
        try
        {
            Directory.CreateDirectory(folder);
            return new RunLock(Opened(path, controller));
        }
        catch (IOException e) when (e.HResult is TakenOnUnix or TakenOnWindows)
        {
            throw new StorageException(
                $"Migration {migration} is already run by {Holder(path)}. Two controllers on one migration would copy over each other: wait for that one, or end it.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"Migration {migration} cannot be locked against other controllers: {e.Message} Mend what is wrong with {folder}.", e);
        }
    }

    public void Dispose()
    {
        _file.SetLength(0);
        _file.Dispose();
    }

    private static FileStream Opened(string path, string controller)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        try
        {
            file.SetLength(0);
            file.Write(System.Text.Encoding.UTF8.GetBytes(controller));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static string Holder(string path)
    {
        try
        {
            // Sharing everything asks for no lock of its own, so that the holder's words can be read.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd() is { Length: > 0 } holder ? holder : "another controller";
        }
        catch (IOException)
        {
            return "another controller";
        }
    }
}

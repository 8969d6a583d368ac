namespace QSplit.Runs;

/// <summary>Held by the one controller of a migration. The kernel lets it go when the controller ends, however it ends.</summary>
internal sealed class RunLock : IDisposable
{
    // EWOULDBLOCK of flock(2), which .NET locks with; ERROR_SHARING_VIOLATION.
    private const int TakenOnUnix = 11, TakenOnWindows = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a migration, or says who has it.</summary>
    /// <param name="folder">The migration's folder of runs; made when missing.</param>
    /// <param name="controller">Who asks, for the message that another controller gets.</param>
    /// <exception cref="StorageException">Another controller has it, or it cannot be had at all.</exception>
    public static RunLock Take(string folder, string migration, string controller)
    {
        // Nobody else can open the locked file, not even to read: who holds it is said in another one.
        var holder = Path.Combine(folder, "controller.txt");
        try
        {
            Directory.CreateDirectory(folder);
            var file = new FileStream(Path.Combine(folder, "controller.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return Signed(file, holder, controller);
        }
        catch (IOException e) when (e.HResult is TakenOnUnix or TakenOnWindows)
        {
            throw new StorageException(
                $"Migration {migration} is already run by {Holder(holder)}. Two controllers on one migration would copy over each other: wait for that one, or end it.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"Migration {migration} cannot be locked against other controllers: {e.Message} Mend what is wrong with {folder}.", e);
        }
    }

    public void Dispose() => _file.Dispose();

    private static RunLock Signed(FileStream file, string holder, string controller)
    {
        try
        {
            File.WriteAllText(holder, controller);
            return new RunLock(file);
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
            return File.ReadAllText(path) is { Length: > 0 } holder ? holder : "another controller";
        }
        catch (IOException)
        {
            return "another controller";
        }
    }
}

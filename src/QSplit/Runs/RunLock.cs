namespace QSplit.Runs;

/// <summary>Held by the one controller of a migration. The kernel lets it go when the controller ends, however it ends.</summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _words;

    private RunLock(FileStream held, string words) => (_lock, _words) = (held, words);

    /// <summary>Takes the lock of a migration, or says who has it.</summary>
    /// <param name="folder">The migration's folder of runs; made when missing.</param>
    /// <param name="controller">Who asks, for the message that another controller gets.</param>
    /// <exception cref="StorageException">Another controller has it, or it cannot be had at all.</exception>
    public static RunLock Take(string folder, string migration, string controller)
    {
        // Two files: nobody else may so much as open the one that is locked.
        var (path, words) = PathsIn(folder);
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(folder);
            held = FileLock.Take(path);
            File.WriteAllText(words, controller);
            return new RunLock(held, words);
        }
        catch (IOException e) when (held is null && FileLock.IsTaken(e))
        {
            throw new StorageException(
                $"Migration {migration} is already run by {Holder(words)}. Two controllers on one migration would copy over each other: wait for that one, or end it.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new StorageException($"Migration {migration} cannot be locked against other controllers: {e.Message} Mend what is wrong with {folder}.", e);
        }
    }

    /// <summary>Which controller works on a migration now: as it calls itself. Null where none does, or that cannot be found out.</summary>
    /// <param name="folder">The migration's folder of runs.</param>
    public static string? HolderIn(string folder) => PathsIn(folder) is var (path, words) && FileLock.IsHeld(path) == true ? Holder(words) : null;

    public void Dispose()
    {
        File.Delete(_words);
        _lock.Dispose();
    }

    private static (string Lock, string Words) PathsIn(string folder) => (Path.Combine(folder, "controller.lock"), Path.Combine(folder, "controller.txt"));

    private static string Holder(string words)
    {
        try
        {
            return File.ReadAllText(words) is { Length: > 0 } holder ? holder : "another controller";
        }
        catch (IOException)
        {
            return "another controller";
        }
    }
}

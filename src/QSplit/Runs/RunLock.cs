namespace QSplit.Runs;

/// <summary>Held by the one controller of a migration. The kernel lets it go when the controller ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a migration, or says who has it.</summary>
    /// <param name="folder">The migration's folder of runs; made when missing.</param>
    /// <param name="controller">Who asks, for the message that another controller gets.</param>
    /// <exception cref="StorageException">Another controller has it.</exception>
    public static RunLock Take(string folder, string migration, string controller)
    {
        Directory.CreateDirectory(folder);
        // Nobody else can open the locked file, not even to read: who holds it is said in another one.
        var holder = Path.Combine(folder, "controller.txt");
        try
        {
            var file = new FileStream(Path.Combine(folder, "controller.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, controller);
            return new RunLock(file);
        }
        catch (IOException e)
        {
            throw new StorageException(
                $"Migration {migration} is already run by {Holder(holder)}. Two controllers on one migration would copy over each other: wait for that one, or end it.", e);
        }
    }

    public void Dispose() => _file.Dispose();

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

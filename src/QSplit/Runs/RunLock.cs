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
        var path = Path.Combine(folder, "controller.lock");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.UTF8.GetBytes(controller));
            file.Flush(flushToDisk: true);
            return new RunLock(file);
        }
        catch (IOException e)
        {
            throw new StorageException(
                $"Migration {migration} is already run by {Holder(path)}. Two controllers on one migration would copy over each other: wait for that one, or end it.", e);
        }
    }

    public void Dispose()
    {
        _file.SetLength(0);
        _file.Dispose();
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

namespace QSplit.Runs;

/// <summary>A lock on a file, which the kernel releases when its process ends, however it ends.</summary>
internal static class FileLock
{
    // EWOULDBLOCK of flock(2), and ERROR_SHARING_VIOLATION.
    private const int TakenOnUnix = 11, TakenOnWindows = unchecked((int)0x80070020);

    // IsHeld has the lock for the moment of its look.
    private const int Tries = 10;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    /// <summary>Takes the lock; it is released with what is returned. The file is made when it is missing.</summary>
    /// <exception cref="IOException">Another process has it, for which <see cref="IsTaken"/> is true, or the file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened.</exception>
    public static FileStream Take(string path)
    {
        for (var n = 1; ; n++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsTaken(e) && n < Tries)
            {
                Thread.Sleep(BetweenTries);
            }
        }
    }

    /// <summary>Whether a process has the lock; null where that cannot be found out.</summary>
    public static bool? IsHeld(string path)
    {
        try
        {
            using var look = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException e) when (IsTaken(e))
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static bool IsTaken(IOException e) => e.HResult is TakenOnUnix or TakenOnWindows;
}

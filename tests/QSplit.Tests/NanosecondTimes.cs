namespace QSplit.Tests;

/// <summary>Whether a directory's file system keeps times to the nanosecond (or the 100 that .NET can ask for): a second opinion.</summary>
internal static class NanosecondTimes
{
    /// <param name="directory">The probe has no name in it for longer than a moment. One that may not be written in counts as keeping none.</param>
    public static bool AreKeptIn(string directory)
    {
        try
        {
            return Probe(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Probe(string directory)
    {
        var path = Path.Combine(directory, $".qsplit-probe-{Guid.NewGuid():N}");
        var time = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(1_234_567);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        File.Delete(path);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, time);
        return File.GetLastWriteTimeUtc(file.SafeFileHandle) == time;
    }
}

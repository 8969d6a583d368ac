namespace QSplit.Emulator.Directories;

/// <summary>Where an entry stands among those of its directory: a hash of its name, as on a cluster. It stays when others come and go.</summary>
internal static class Cursors
{
    /// <summary>FNV-1a over the name's bytes, mixed once more so that short names scatter too; positive.</summary>
    public static long Of(ReadOnlySpan<byte> name)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in name) hash = (hash ^ b) * 1099511628211UL;
        hash ^= hash >> 32;
        hash *= 0x9e3779b97f4a7c15UL;
        return Math.Max(1, (long)(hash >> 1));
    }
}

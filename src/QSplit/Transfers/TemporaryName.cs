namespace QSplit.Transfers;

/// <summary>rsync writes <c>dir/.name.XXXXXX</c> and renames it to <c>dir/name</c>; its errors may name the first.</summary>
internal static class TemporaryName
{
    /// <summary>The name that a temporary one stands for; any other name as it is.</summary>
    public static ReadOnlySpan<byte> Original(ReadOnlySpan<byte> path)
    {
        var start = path.LastIndexOf((byte)'/') + 1;
        var name = path[start..];
        if (name.Length < 9 || name[0] != '.' || name[^7] != '.' || !IsSuffix(name[^6..])) return path;
        return (byte[])[.. path[..start], .. name[1..^7]];
    }

    private static bool IsSuffix(ReadOnlySpan<byte> six)
    {
        foreach (var b in six)
            if (!char.IsAsciiLetterOrDigit((char)b)) return false;
        return true;
    }
}

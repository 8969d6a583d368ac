namespace QSplit.Trees;

/// <summary>What of one directory Windows cannot hold: pure.</summary>
internal static class WindowsEntries
{
    /// <summary>How many UTF-16 units a path may have.</summary>
    public const int LongestPath = 32_767;

    /// <summary>For each entry why it cannot be there, as the rest of a sentence about it; null where it can.</summary>
    /// <param name="before">How many UTF-16 units the path of the directory on Windows has.</param>
    public static string?[] Why(IReadOnlyList<(ReadOnlyMemory<byte> Name, EntryKind Kind)> entries, int before)
    {
        var (whys, first) = (new string?[entries.Count], new Dictionary<string, int>(entries.Count, StringComparer.OrdinalIgnoreCase));
        for (var i = 0; i < entries.Count; i++)
        {
            var (bytes, kind) = entries[i];
            var name = WindowsName.Text(bytes.Span);
            whys[i] = name is null ? "has a name that is not UTF-8"
                : WindowsName.WhyNot(name) is { } why ? $"has a name that {why}"
                : before + 1 + name.Length > LongestPath ? $"has a path of more than {LongestPath:N0} UTF-16 units"
                : kind == EntryKind.Special ? "is a pipe, a socket or a device"
                : null;
            if (name is null || first.TryAdd(name, i)) continue;
            // Whichever of them was copied last would be there, under the name of the first.
            var other = first[name];
            whys[other] ??= $"has a name that is that of {Named(bytes)} in other letters";
            whys[i] ??= $"has a name that is that of {Named(entries[other].Name)} in other letters";
        }
        return whys;
    }

    private static string Named(ReadOnlyMemory<byte> name) => $"'{ByteText.Write(name.Span)}'";
}

using System.Text;
using System.Text.RegularExpressions;

namespace QSplit.Trees;

/// <summary>A file system that is mounted inside a tree.</summary>
/// <param name="Path">Where.</param>
/// <param name="Type">As the system calls it: <c>ext4</c>.</param>
/// <param name="Totals">What a crawl found there; for one in the target what is planned to go there.</param>
public sealed record NestedTree(EntryPath Path, string Type, Totals Totals)
{
    /// <summary>Whether it is mounted in the target.</summary>
    public bool InTarget { get; init; }
}

/// <summary>What this machine has mounted, as proc_pid_mountinfo(5) tells it.</summary>
internal static partial class MountTable
{
    private const string Table = "/proc/self/mountinfo";

    /// <summary>The mount points below a directory, by path; none where that is not known. An automount that was not used yet is not
    /// among them.</summary>
    /// <param name="directory">Its path without symbolic links: see <see cref="Resolved"/>.</param>
    public static IReadOnlyList<(EntryPath Path, string Type)> Below(string directory)
    {
        try
        {
            return Read(File.ReadAllBytes(Table), directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The path of an open directory or of one that is there, without symbolic links; null where it cannot be told.</summary>
    public static string? Resolved(string directory)
    {
        var descriptor = Native.LinuxFiles.OpenDirectory(Encoding.UTF8.GetBytes(directory));
        if (descriptor < 0) return null;
        using var handle = new Native.DirectoryHandle(descriptor);
        try
        {
            return new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Bytes as characters of Latin 1: a name need not be UTF-8. Of several at one place the last is what is seen.
    internal static IReadOnlyList<(EntryPath Path, string Type)> Read(byte[] table, string directory)
    {
        var prefix = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(directory.TrimEnd('/'))) + "/";
        var found = new SortedDictionary<EntryPath, string>();
        foreach (var line in Encoding.Latin1.GetString(table).Split('\n'))
        {
            if (line.Split(" - ", 2) is not [var left, var right] || left.Split(' ') is not [_, _, _, _, var at, ..]) continue;
            at = Octal().Replace(at, match => ((char)Convert.ToInt32(match.Value[1..], 8)).ToString());
            var type = right.Split(' ')[0];
            if (!at.StartsWith(prefix, StringComparison.Ordinal) || at.Length == prefix.Length || type == "autofs") continue;
            found[EntryPath.FromBytes(Encoding.Latin1.GetBytes(at[prefix.Length..]))] = type;
        }
        return [.. found.Select(one => (one.Key, one.Value))];
    }

    [GeneratedRegex(@"\\[0-7]{3}", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Octal();
}

using System.Collections.Immutable;
using System.Text;

namespace QSplit.Trees;

/// <summary>An entry whose name differs only in case from that of another in the same directory: a target that folds case cannot hold both.</summary>
/// <param name="With">The other, which comes first by its bytes.</param>
/// <param name="AreDirectories">Whether both are directories: then they become one, with what is in both.</param>
public sealed record CaseClash(EntryPath Path, EntryPath With, bool AreDirectories);

/// <summary>Finds names of a crawled tree that differ only in case.</summary>
internal static class CaseClashes
{
    /// <summary>Beyond so many they are not counted.</summary>
    public const int Most = 1000;

    public static ImmutableArray<CaseClash> In(DirectoryNode root)
    {
        var (found, names) = (ImmutableArray.CreateBuilder<CaseClash>(), new HashSet<ulong>());
        foreach (var directory in root.WithAllBelow())
        {
            names.Clear();
            var isClear = true;
            foreach (var entry in Entries(directory))
                if (!names.Add(Hash(entry.Name.Span))) isClear = false;
            if (isClear) continue;
            foreach (var group in Entries(directory).GroupBy(entry => Folded(entry.Name.Span), StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
            {
                // A directory stays, since what is below it is more than an entry.
                var all = group.OrderBy(entry => entry.Kind != EntryKind.Directory).ThenBy(entry => directory.Path().Combine(entry.Name.Span)).ToList();
                var first = directory.Path().Combine(all[0].Name.Span);
                foreach (var other in all.Skip(1))
                {
                    found.Add(new(directory.Path().Combine(other.Name.Span), first, other.Kind == EntryKind.Directory));
                    if (found.Count > Most) return found.ToImmutable();
                }
            }
        }
        return found.ToImmutable();
    }

    private static IEnumerable<ListedEntry> Entries(DirectoryNode directory)
    {
        foreach (var listing in directory.Listings)
            for (var at = 0; listing.TryRead(ref at, out var entry);)
                yield return entry;
    }

    private static string Folded(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name).ToUpperInvariant();

    // FNV-1a (64 bits); two names with one hash are looked at again.
    private static ulong Hash(ReadOnlySpan<byte> name)
    {
        var hash = 14695981039346656037UL;
        if (Ascii.IsValid(name))
        {
            foreach (var b in name) hash = (hash ^ (b is >= (byte)'a' and <= (byte)'z' ? b - 32UL : b)) * 1099511628211UL;
            return hash;
        }
        foreach (var letter in Folded(name)) hash = (hash ^ letter) * 1099511628211UL;
        return hash;
    }
}

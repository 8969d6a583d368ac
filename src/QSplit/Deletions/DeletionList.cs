using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Deletions;

/// <summary>What is to be deleted from a target: none inside another, by path. Only what it names is ever deleted, and only where the source still does not have it.</summary>
internal sealed record DeletionList(ImmutableArray<Deletion> Items)
{
    /// <summary>The migration whose target it is of; empty where nobody asks.</summary>
    public string Migration { get; init; } = "";

    /// <summary>The run that found it.</summary>
    public string Run { get; init; } = "";

    public static readonly DeletionList Nothing = new([]);

    /// <summary>How many entries that is, with all below them.</summary>
    public long Entries => Items.Sum(item => item.Entries);

    /// <summary>What the pass that deletes is to take away.</summary>
    public IEnumerable<EntryPath> ToDelete => Items.Where(item => !item.GivesWay).Select(item => item.Path);

    /// <summary>Makes a list of all that is only on the target, where directories and what is below them are named each for itself.</summary>
    /// <param name="all">None twice.</param>
    /// <param name="copied">Whether an entry is copied.</param>
    public static DeletionList Of(IEnumerable<(EntryPath Path, bool IsDirectory)> all, Func<EntryPath, bool> copied)
    {
        var items = ImmutableArray.CreateBuilder<Deletion>();
        // By names, not by bytes: what is below a directory comes right behind it.
        foreach (var (path, isDirectory) in all.OrderBy(entry => entry.Path, ByNames))
        {
            if (items.Count > 0 && path.IsWithin(items[^1].Path)) items[^1] = items[^1] with { Entries = items[^1].Entries + 1 };
            else items.Add(new(path, isDirectory, 1, GivesWay(path, copied)));
        }
        items.Sort((a, b) => a.Path.CompareTo(b.Path));
        return new(items.ToImmutable());
    }

    // In its own place, or in that of a directory around it.
    private static bool GivesWay(EntryPath path, Func<EntryPath, bool> copied)
    {
        for (; !path.IsRoot; path = path.Parent)
            if (copied(path)) return true;
        return false;
    }

    private static IComparer<EntryPath> ByNames { get; } = Comparer<EntryPath>.Create((a, b) =>
    {
        var left = a.Bytes;
        var right = b.Bytes;
        var at = left.CommonPrefixLength(right);
        if (at == left.Length || at == right.Length) return left.Length.CompareTo(right.Length);
        return (left[at] == '/' ? 0 : left[at]).CompareTo(right[at] == '/' ? 0 : right[at]);
    });
}

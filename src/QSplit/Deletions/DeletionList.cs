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

    /// <summary>Why it is not to be carried out, in a sentence; null where nothing is against it.</summary>
    public string? Withheld { get; init; }

    /// <summary>How many entries that is, with all below them.</summary>
    public long Entries => Items.Sum(item => item.Entries);

    /// <summary>The logical bytes of all of that; null where some of it was not measured.</summary>
    public long? Bytes => Items.All(item => item.Bytes is not null) ? Items.Sum(item => item.Bytes) : null;

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
            else items.Add(new(path, isDirectory, 1, GivesWayTo(path, copied)));
        }
        items.Sort((a, b) => a.Path.CompareTo(b.Path));
        return new(items.ToImmutable());
    }

    /// <summary>A list in which what lies below a directory that it names, too, is counted there.</summary>
    /// <param name="items">Of two with one path the one with more entries is meant. What is below a directory is not among its entries.</param>
    public static DeletionList Topmost(IEnumerable<Deletion> items)
    {
        var all = new SortedDictionary<EntryPath, Deletion>();
        foreach (var item in items)
            if (!all.TryGetValue(item.Path, out var known) || known.Entries < item.Entries) all[item.Path] = item;
        // The deepest first, so that each is counted by the one around it.
        foreach (var item in all.Values.OrderByDescending(item => item.Path.Depth).ToList())
        {
            if (AroundOf(item.Path, all) is not { } around) continue;
            all[around] = all[around] with { Entries = all[around].Entries + all[item.Path].Entries };
            all.Remove(item.Path);
        }
        return new([.. all.Values]);
    }

    /// <summary>What of the list another names, too, for itself or with a directory around it; nothing of a directory that has more in it by now than that counted.</summary>
    public DeletionList NamedBy(DeletionList other)
    {
        var named = other.Items.ToDictionary(item => item.Path);
        EntryPath? NameOf(EntryPath path) => named.ContainsKey(path) ? path : AroundOf(path, named);
        var grown = Items.GroupBy(item => NameOf(item.Path)).Where(group => group.Key is { } name && group.Sum(item => item.Entries) > named[name].Entries).Select(group => group.Key).ToHashSet();
        return this with { Items = [.. Items.Where(item => NameOf(item.Path) is { } name && !grown.Contains(name))] };
    }

    /// <summary>The list without what another names.</summary>
    public DeletionList Without(DeletionList other)
    {
        var named = other.Items.ToDictionary(item => item.Path);
        return this with { Items = [.. Items.Where(item => !named.ContainsKey(item.Path) && AroundOf(item.Path, named) is null)] };
    }

    private static EntryPath? AroundOf(EntryPath path, IReadOnlyDictionary<EntryPath, Deletion> all) =>
        Nearest(path.Upwards().Skip(1), at => all.TryGetValue(at, out var around) && around.IsDirectory);

    // In its own place, or in that of a directory around it.
    private static EntryPath? GivesWayTo(EntryPath path, Func<EntryPath, bool> copied) => Nearest(path.Upwards(), copied);

    private static EntryPath? Nearest(IEnumerable<EntryPath> upwards, Func<EntryPath, bool> isIt) => upwards.Where(isIt).Select(at => (EntryPath?)at).FirstOrDefault();

    private static IComparer<EntryPath> ByNames { get; } = Comparer<EntryPath>.Create((a, b) =>
    {
        var left = a.Bytes;
        var right = b.Bytes;
        var at = left.CommonPrefixLength(right);
        if (at == left.Length || at == right.Length) return left.Length.CompareTo(right.Length);
        return (left[at] == '/' ? 0 : left[at]).CompareTo(right[at] == '/' ? 0 : right[at]);
    });
}

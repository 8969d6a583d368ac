using System.Text;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Synthetic;

/// <summary>A synthetic tree as one revision shows it: each answer is calculated from the root down.</summary>
/// <remarks>An id is the rank of its entry, so that it leads back without a memory of ids handed out; an index is the number in its name.</remarks>
/// <param name="revisionAt">The revision that shows at a path.</param>
internal sealed class SyntheticTree(Forks forks, Arrivals arrivals, Modifications modifications, Func<string, int> revisionAt) : IServedTree
{
    private DirectoryShape RootOutline => forks.OutlineOf(forks.Root);

    public ServedEntry? Find(string path)
    {
        if (path == "/") return Root();
        if (!path.StartsWith('/')) return null;
        if (arrivals.Hold(path)) return arrivals.Find(path, revisionAt(path), RootOutline.Children + 1);
        var fork = forks.Of(forks.Root);
        for (var start = 1; ;)
        {
            var end = path.IndexOf('/', start);
            var name = path.AsSpan(start, (end < 0 ? path.Length : end) - start);
            if (SyntheticNames.NumberIn(name) is not { } index || index >= fork.Outline.Children || !name.SequenceEqual(NameOf(fork, index))) return null;
            if (end < 0) return Child(fork, path[..(start - 1)], index);
            if (index >= fork.Outline.Directories) return null;
            (fork, start) = (forks.Of(fork.Directories[index]), end + 1);
        }
    }

    public ServedEntry? FindById(string id)
    {
        if (SyntheticEntries.RankIn(id) is not { } rank) return null;
        if (rank == 0) return Root();
        return rank < (UInt128)forks.Root.Entries ? FindByRank((long)rank) : arrivals.FindByRank(rank, revisionAt("/arrivals"), RootOutline.Children + 1);
    }

    /// <summary>The entry with a rank below that of <see cref="Arrivals"/>, and not 0.</summary>
    public ServedEntry FindByRank(long rank)
    {
        List<Fork> way = [];
        var (directory, index) = forks.Locate(rank, way);
        var path = new StringBuilder();
        foreach (var fork in way.SkipLast(1)) path.Append('/').Append(NameOf(fork, fork.IndexOf(rank)));
        return Child(directory, path.ToString(), index);
    }

    public IEnumerable<ServedEntry> ReadChildren(ServedEntry directory, long after)
    {
        if (arrivals.IsDirectory(directory)) return arrivals.ReadAfter(after, revisionAt(directory.Path));
        var fork = ForkOf(directory);
        return Indexes(fork, after).Select(index => Child(fork, Prefix(directory), index)).Concat(ArrivalsIn(directory, after));
    }

    public ServedTotals TotalsOf(ServedEntry directory)
    {
        if (arrivals.IsDirectory(directory)) return arrivals.Totals;
        var parcel = ForkOf(directory).Parcel;
        return parcel.Rank == 0 ? parcel.Totals + arrivals.Totals : parcel.Totals;
    }

    public IEnumerable<(ServedEntry Entry, ServedTotals Totals)> ReadTotals(ServedEntry directory)
    {
        if (arrivals.IsDirectory(directory)) return arrivals.ReadAfter(0, revisionAt(directory.Path)).Select(file => (file, LeafTotals(file)));
        var fork = ForkOf(directory);
        return Indexes(fork, 0)
            .Select(index => (Entry: Child(fork, Prefix(directory), index), index))
            .Select(child => (child.Entry, child.index < fork.Outline.Directories ? fork.Directories[child.index].Totals : LeafTotals(child.Entry)))
            .Concat(ArrivalsIn(directory, 0).Select(entry => (entry, arrivals.Totals)));
    }

    private static IEnumerable<long> Indexes(Fork fork, long after)
    {
        for (var index = after; index < fork.Outline.Children; index++) yield return index;
    }

    private static ServedTotals LeafTotals(ServedEntry leaf) =>
        new(leaf.DataBlocks, leaf.MetaBlocks, leaf.Type == ServedType.File ? 1 : 0, 0, leaf.Type == ServedType.Symlink ? 1 : 0, 0);

    private static string Prefix(ServedEntry directory) => directory.Path == "/" ? "" : directory.Path;

    private static string NameOf(Fork fork, long index) => SyntheticNames.Of(fork.Parcel.Seed, index, index < fork.Outline.Directories);

    private ServedEntry Root()
    {
        var outline = RootOutline;
        if (arrivals.Exist) outline = outline with { Directories = outline.Directories + 1 };
        return SyntheticEntries.Directory(forks.Root, outline, "/", "", 1);
    }

    private IEnumerable<ServedEntry> ArrivalsIn(ServedEntry directory, long after)
    {
        var cursor = RootOutline.Children + 1;
        return directory.Path == "/" && after < cursor && arrivals.Exist ? [arrivals.Find("/arrivals", revisionAt("/arrivals"), cursor)!] : [];
    }

    private Fork ForkOf(ServedEntry directory)
    {
        var rank = (long)SyntheticEntries.RankIn(directory.Id)!.Value;
        if (rank == 0) return forks.Of(forks.Root);
        var (parent, index) = forks.Locate(rank);
        return forks.Of(parent.Directories[index]);
    }

    private ServedEntry Child(Fork fork, string prefix, long index)
    {
        var name = NameOf(fork, index);
        var path = $"{prefix}/{name}";
        if (index < fork.Outline.Directories)
        {
            var parcel = fork.Directories[index];
            return SyntheticEntries.Directory(parcel, forks.OutlineOf(parcel), path, name, index + 1);
        }
        var leaf = SyntheticEntries.Leaf(fork, index, path, name);
        if (modifications.LastOf(fork.RankOf(index), revisionAt(path)) is not (> 0 and var revision)) return leaf;
        var time = SyntheticEntries.TimeOf(revision, fork.Parcel.Seed);
        return leaf with { Accessed = time, Modified = time, Changed = time };
    }
}

using System.Collections.Immutable;
using QSplit.Qumulo.Wire;
using QSplit.Trees;

namespace QSplit.Qumulo;

/// <summary>The children of a directory: the largest come with its totals, and where there are more, those come page by page. Some may have come or gone since.</summary>
internal sealed class SurveyedChildren
{
    // What a page says of their number is believed up to here; beyond, room is made as it is needed.
    private const int MostRoom = 4_000_000;

    private readonly Totals _totals;
    private readonly ImmutableArray<ChildTotals>.Builder _children = ImmutableArray.CreateBuilder<ChildTotals>();
    private readonly HashSet<ReadOnlyMemory<byte>> _known = new(NameComparer.Instance);
    private readonly List<EntryName> _directories = [];
    private Totals _left;

    public SurveyedChildren(AggregatesAnswer answer)
    {
        _totals = SurveyedDirectory.Totals(answer);
        _left = _totals - new Totals(0, 0, 1);
        foreach (var child in answer.Files ?? [])
            if (_known.Add(child.Name.Bytes)) Add(SurveyedDirectory.Of(child));
    }

    public void Add(ListingAnswer page)
    {
        MakeRoom(page);
        foreach (var entry in Packed(page.Files ?? []))
        {
            if (!_known.Add(entry.Name.Bytes)) continue;
            if (entry.Type == EntryKind.Directory) _directories.Add(entry.Name);
            else Add(SurveyedDirectory.Of(entry));
        }
    }

    /// <summary>The directory with all that was added, once.</summary>
    public DirectoryTotals ToTotals(EntryPath path)
    {
        // Those that came with a page are small; no call is spent on each. What they hold together is what is left of the whole.
        var share = _directories.Count == 0 ? Totals.Zero : SurveyedDirectory.Share(_left, _directories.Count);
        foreach (var name in _directories) _children.Add(new(name.Bytes, EntryKind.Directory, share, Expandable: true, name.Doubt));
        return new(path, _totals, _children.DrainToImmutable());
    }

    /// <summary>The same entries, their names in one array: one each would take more than they do.</summary>
    private static IEnumerable<PagedEntry> Packed(PagedEntry[] entries)
    {
        var room = new byte[entries.Sum(entry => entry.Name.Bytes.Length)].AsMemory();
        foreach (var entry in entries)
        {
            var name = room[..entry.Name.Bytes.Length];
            entry.Name.Bytes.CopyTo(name);
            room = room[name.Length..];
            yield return entry with { Name = entry.Name with { Bytes = name } };
        }
    }

    private void MakeRoom(ListingAnswer page)
    {
        var claimed = (int)Math.Min(page.ChildCount ?? 0, MostRoom);
        if (_known.Count + page.Files?.Length <= _children.Capacity || claimed <= _children.Capacity) return;
        _children.Capacity = claimed;
        _known.EnsureCapacity(claimed);
    }

    private void Add(ChildTotals child)
    {
        _left -= child.Totals;
        _children.Add(child);
    }

    private sealed class NameComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static NameComparer Instance { get; } = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(obj.Span);
            return hash.ToHashCode();
        }
    }
}

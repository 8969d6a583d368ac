using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>What a treemap's areas stand for.</summary>
internal enum TreemapMeasure
{
    Bytes,
    Entries,
}

/// <summary>A piece of a treemap.</summary>
/// <param name="Node">The directory.</param>
/// <param name="IsRest">Whether it is what lies in the directory without those drawn in it.</param>
/// <param name="HasChildren">Whether others are drawn in it, below a strip for its name.</param>
/// <param name="Depth">1 right below the source.</param>
internal sealed record TreemapCell(OutlineNode Node, Frame Frame, int Depth, bool IsRest, bool HasChildren);

/// <summary>Lays a tree of directories out in a frame, three levels deep; pure.</summary>
internal static class Treemap
{
    public const double Strip = 17;

    private const int Deepest = 3;
    private const double Margin = 2;
    private const double Least = 2;

    /// <summary>The pieces, each before those in it. What would be smaller than two units is left out.</summary>
    public static ImmutableArray<TreemapCell> Lay(OutlineNode root, Frame frame, TreemapMeasure measure)
    {
        var cells = ImmutableArray.CreateBuilder<TreemapCell>();
        Fill(root, frame, depth: 1);
        return cells.ToImmutable();

        void Fill(OutlineNode parent, Frame room, int depth)
        {
            var parts = parent.Children.Select(child => (Node: child, Weight: Weight(child.Directory, measure), IsRest: false))
                .Append((Node: parent, Weight: Math.Max(0, Weight(parent.Directory, measure) - parent.Children.Sum(child => Weight(child.Directory, measure))), IsRest: true))
                .Where(part => part.Weight > 0)
                .OrderByDescending(part => part.Weight)
                .ThenBy(part => part.Node.Index)
                .ToArray();
            foreach (var (part, place) in parts.Zip(Squarified.Divide(room, [.. parts.Select(part => part.Weight)])))
            {
                if (place.Width < Least || place.Height < Least) continue;
                var inside = place.Inside(Margin, Strip);
                var isOpened = !part.IsRest && depth < Deepest && !part.Node.Children.IsEmpty && inside is { Width: >= 36, Height: >= 24 };
                cells.Add(new(part.Node, place, depth, part.IsRest, isOpened));
                if (isOpened) Fill(part.Node, inside, depth + 1);
            }
        }
    }

    private static double Weight(ReportDirectory directory, TreemapMeasure measure) =>
        Math.Max(0, measure == TreemapMeasure.Bytes ? directory.Bytes : directory.Entries);
}

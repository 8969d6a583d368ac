using FsCheck;
using FsCheck.Fluent;
using QSplit.Reports;
using QSplit.Reports.Html;
using QSplit.Testing.Reports;

namespace QSplit.Tests.Reports.Html;

/// <summary>An area is a share: all of them together are the whole, and none lies over another.</summary>
public sealed class TreemapSpecs
{
    private static readonly Frame Whole = new(3, 5, 640, 360);

    [Fact]
    public void Any_weights_divide_a_frame_by_their_shares() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).Select(i => (double)i).ListOf().Select(weights => weights.OrderDescending().ToArray()).ToArbitrary(), weights =>
        {
            var sum = weights.Sum();
            var frames = Squarified.Divide(Whole, weights);
            frames.Length.ShouldBe(weights.Length);
            foreach (var (frame, weight) in frames.Zip(weights)) frame.Area.ShouldBe(sum > 0 ? Whole.Area * weight / sum : 0, 0.01);
            ShouldLieApart(frames, Whole);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(TreemapMeasure.Bytes)]
    [InlineData(TreemapMeasure.Entries)]
    internal void The_directories_of_a_tree_fill_their_parents_by_their_shares(TreemapMeasure measure)
    {
        var root = OutlineTree.Of(SampleReport.Plan().Plan.Directories)!;
        var cells = Treemap.Lay(root, Whole, measure);
        var tops = cells.Where(cell => cell.Depth == 1).ToArray();
        tops.Sum(cell => cell.Frame.Area).ShouldBe(Whole.Area, Whole.Area * 0.01);
        foreach (var cell in tops.Where(cell => !cell.IsRest)) cell.Frame.Area.ShouldBe(Whole.Area * Weight(cell.Node.Directory, measure) / Weight(root.Directory, measure), Whole.Area * 0.001);
        foreach (var parent in cells.Where(cell => cell.HasChildren))
        {
            var children = cells.Where(cell => cell.Depth == parent.Depth + 1 && (cell.IsRest ? cell.Node == parent.Node : parent.Node.Children.Contains(cell.Node))).ToArray();
            children.ShouldNotBeEmpty();
            ShouldLieApart([.. children.Select(child => child.Frame)], parent.Frame);
        }
        cells.Select(cell => (cell.Node.Index, cell.IsRest)).ShouldBeUnique();
    }

    [Fact]
    public void A_directory_whose_children_say_more_than_it_does_has_no_rest()
    {
        var root = OutlineTree.Of([new(".", 100, 100, 3), new("./a", 90, 90, 1), new("./b", 60, 60, 1)])!;
        Treemap.Lay(root, Whole, TreemapMeasure.Bytes).Select(cell => cell.Node.Name).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void A_directory_whose_parent_is_not_listed_hangs_on_the_nearest_that_is()
    {
        var root = OutlineTree.Of([new(".", 9, 9, 9), new("./a", 5, 5, 5), new("./a/b/c", 3, 3, 3), new("./x/y", 1, 1, 1)])!;
        root.Children.Select(child => child.Directory.Path).ShouldBe(["./a", "./x/y"]);
        root.Children[0].Children.ShouldHaveSingleItem().Name.ShouldBe("c");
        OutlineTree.Of([new("./a", 5, 5, 5)]).ShouldBeNull();
    }

    private static double Weight(ReportDirectory directory, TreemapMeasure measure) => measure == TreemapMeasure.Bytes ? directory.Bytes : directory.Entries;

    private static void ShouldLieApart(IReadOnlyList<Frame> frames, Frame within)
    {
        const double Grain = 1e-6;
        foreach (var (i, frame) in frames.Index())
        {
            (frame.X >= within.X - Grain && frame.Y >= within.Y - Grain && frame.Right <= within.Right + Grain && frame.Bottom <= within.Bottom + Grain).ShouldBeTrue($"{frame} is not within {within}");
            foreach (var other in frames.Skip(i + 1))
                (Math.Min(frame.Right, other.Right) - Math.Max(frame.X, other.X) > Grain && Math.Min(frame.Bottom, other.Bottom) - Math.Max(frame.Y, other.Y) > Grain).ShouldBeFalse($"{frame} lies over {other}");
        }
    }
}

using FsCheck;
using FsCheck.Fluent;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

/// <summary>What one look at a tree tells beside an earlier one.</summary>
public sealed class PlanDifferenceSpecs
{
    [Fact]
    public void What_grew_is_told_where_it_grew_and_not_again_above()
    {
        var difference = PlanDifference.Between(
            Outline(("", 100, true), ("a", 60, true), ("a/b", 40, false), ("c", 30, false)),
            Outline(("", 125, true), ("a", 85, true), ("a/b", 65, false), ("c", 30, false)));

        var change = difference.Changes.ShouldHaveSingleItem();
        change.Path.ShouldBe(EntryPath.Parse("a/b"));
        change.Own.Bytes.ShouldBe(25);
        difference.Share.ShouldBe(0.25);
    }

    [Fact]
    public void What_came_and_what_went_is_named()
    {
        var difference = PlanDifference.Between(
            Outline(("", 100, true), ("old", 20, false), ("same", 80, false)),
            Outline(("", 95, true), ("new", 15, false), ("same", 80, false)));

        difference.Changes.Select(change => (change.Path.ToString(), change.Before?.Bytes, change.After?.Bytes)).ShouldBe([("./old", 20, null), ("./new", null, 15)]);
        // Seven of a hundred that came do not make up for as many that went.
        difference.Share.ShouldBe(0.35);
    }

    [Fact]
    public void Files_that_lie_in_a_directory_itself_are_told_of_it()
    {
        var difference = PlanDifference.Between(Outline(("", 100, true), ("a", 60, true)), Outline(("", 110, true), ("a", 55, true)));

        difference.Changes.Select(change => (change.Path.ToString(), change.Own.Bytes)).ShouldBe([(".", 15), ("./a", -5)]);
    }

    [Fact]
    public void What_one_look_did_not_know_is_neither_new_nor_gone()
    {
        // The first look went no deeper than a, and left light directories out.
        var before = Outline(("", 100, false), ("a", 60, false));
        var after = Outline(("", 130, true), ("a", 70, true), ("a/b", 50, false), ("c", 30, false));

        PlanDifference.Between(before, after).Changes.Select(change => (change.Path.ToString(), change.Own.Bytes)).ShouldBe([(".", 20), ("./a", 10)]);
    }

    [Fact]
    public void A_tree_that_was_empty_has_changed_altogether() =>
        PlanDifference.Between(Outline(("", 0, true)), Outline(("", 10, true))).Share.ShouldBe(1);

    [Fact]
    public void All_that_is_told_adds_up_to_what_the_whole_changed_by() =>
        Prop.ForAll(AnyTree.Trees, AnyTree.Trees, AnyTree.Buckets, (one, two, buckets) =>
        {
            var (before, after) = (MemoryTree.PlanAsync(one, buckets).GetAwaiter().GetResult(), MemoryTree.PlanAsync(two, Math.Max(1, buckets / 2)).GetAwaiter().GetResult());
            var difference = PlanDifference.Between(before.Outline, after.Outline);
            difference.Changes.Aggregate(Totals.Zero, (sum, change) => sum + change.Own).ShouldBe(two.Totals - one.Totals);
            PlanDifference.Between(before.Outline, before.Outline).IsNothing.ShouldBeTrue();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static PlanOutline Outline(params (string Path, long Bytes, bool IsWhole)[] directories) =>
        new([.. directories.Select(d => new OutlinedDirectory(EntryPath.Parse(d.Path), new(d.Bytes, d.Bytes, d.Path.Length == 0 ? 100 : 1), d.IsWhole, d.IsWhole))]);
}

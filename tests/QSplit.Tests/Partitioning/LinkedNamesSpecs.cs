using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

public sealed class LinkedNamesSpecs
{
    [Fact]
    public void A_set_is_torn_where_its_names_lie_in_different_buckets_as_entries_or_below_directories()
    {
        LinkedNames.Torn([Bucket(1, "a", "loose"), Bucket(2, "b", "c/d")], [Set("a/x", "a/y/z"), Set("a/1", "c/d/2"), Set("loose", "b/3", "a/4")])
            .Select(name => name.ToString()).ShouldBe(["./a/1", "./a/4", "./b/3", "./c/d/2", "./loose"]);
    }

    [Fact]
    public void One_bucket_tears_nothing_apart() => LinkedNames.Torn([Bucket(1, "a", "b")], [Set("a/x", "b/y")]).ShouldBeEmpty();

    // What came after planning is nobody's: the pass over the levels brings it.
    [Fact]
    public void What_is_in_no_bucket_is_in_one_of_its_own() =>
        LinkedNames.Torn([Bucket(1, "a"), Bucket(2, "b")], [Set("a/x", "late")]).Length.ShouldBe(2);

    private static LinkedSet Set(params string[] names) => new(Totals.Zero, [.. names.Select(EntryPath.Parse)]);

    private static Bucket Bucket(int number, params string[] items) => new(number, Totals.Zero, TimeSpan.Zero, [.. items.Select(EntryPath.Parse)]);
}

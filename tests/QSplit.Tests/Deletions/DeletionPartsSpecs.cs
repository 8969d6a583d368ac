using QSplit.Deletions;
using QSplit.Trees;

namespace QSplit.Tests.Deletions;

public sealed class DeletionPartsSpecs
{
    [Theory]
    [InlineData(10, 2, 1)]
    [InlineData(999, 2, 1)]
    [InlineData(2000, 2, 2)]
    [InlineData(100_000, 2, 8)]
    public void There_are_as_many_as_keep_all_slots_busy_and_no_more_than_are_worth_it(int entries, int slots, int parts) =>
        DeletionParts.CountOf(ListOf(Enumerable.Repeat(1L, entries)), slots).ShouldBe(parts);

    [Fact]
    public void One_large_directory_is_one_part() => DeletionParts.CountOf(ListOf([1_000_000]), 4).ShouldBe(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_entry_that_is_deleted_is_in_one_part_and_they_are_as_heavy_as_each_other(int seed)
    {
        var random = new Random(seed);
        var list = ListOf(Enumerable.Range(0, 300).Select(_ => (long)random.Next(1, 100)));
        list = list with { Items = [.. list.Items.Select((item, i) => i % 10 == 0 ? item with { GivesWayTo = item.Path } : item)] };

        var parts = DeletionParts.Of(list, 7);

        parts.SelectMany(part => part.ToDelete).Order().ShouldBe(list.ToDelete.Order());
        (parts.Max(part => part.Entries) - parts.Min(part => part.Entries)).ShouldBeLessThan(100);
        DeletionParts.Of(list, 7).Select(part => part.Items.Length).ShouldBe(parts.Select(part => part.Items.Length));
    }

    private static DeletionList ListOf(IEnumerable<long> entries) => new([.. entries.Select((count, i) => new Deletion(EntryPath.Parse($"./d{i:00000}"), count > 1, count))]);
}

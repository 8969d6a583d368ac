using System.Collections.Immutable;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

public sealed class WitnessSpecs
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(16, 16)]
    [InlineData(17, 16)]
    [InlineData(100_000, 16)]
    public void Witnesses_are_few_and_spread_over_the_whole_plan(int planned, int chosen)
    {
        var witnesses = Witnesses.Of(Paths(planned));

        witnesses.Distinct().Count().ShouldBe(chosen);
        if (planned < 1000) return;
        witnesses[0].ShouldBe(EntryPath.Parse("0"));
        int.Parse(witnesses[^1].ToString()[2..]).ShouldBeGreaterThan(planned * 9 / 10);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(10, 5)]
    [InlineData(1, 0)]
    [InlineData(0, 0)]
    public void A_live_source_may_have_lost_some(int witnesses, int missing) => Why(witnesses, missing).ShouldBeNull();

    [Theory]
    [InlineData(10, 6)]
    [InlineData(10, 10)]
    [InlineData(1, 1)]
    public void An_empty_mount_point_is_not_the_tree(int witnesses, int missing) => Why(witnesses, missing).ShouldBe(
        $"/mnt/old is not the tree that was planned: {missing} of {witnesses} planned paths that were looked for are not there, first ./0. Is it mounted?");

    private static string? Why(int witnesses, int missing) =>
        Witnesses.WhyNotTheTree("/mnt/old", Paths(witnesses), $"{witnesses} {missing} {(missing > 0 ? "1" : "")}");

    private static ImmutableArray<EntryPath> Paths(int count) => [.. Enumerable.Range(0, count).Select(i => EntryPath.Parse($"{i}"))];
}

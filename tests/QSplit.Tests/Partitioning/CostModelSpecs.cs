using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

public sealed class CostModelSpecs
{
    private static readonly CostModel Default = CostModel.Default(BalanceBy.Cost);

    [Theory]
    [InlineData(BalanceBy.Capacity, 400e6)]
    [InlineData(BalanceBy.Files, 1000)]
    [InlineData(BalanceBy.Cost, 2.25)]
    public Task A_weight_is_bytes_entries_or_seconds(BalanceBy by, double weight) => Now(() =>
    {
        var totals = new Totals(400_000_000, 0, 1000);
        CostModel.Default(by).Weight(totals).ShouldBe(weight, 1e-9);
        CostModel.Default(by).Estimate(totals).ShouldBe(TimeSpan.FromSeconds(2.25));
        CostModel.Default(by).Weight(new(-5, -5, -5)).ShouldBe(0);
    });

    [Fact]
    public Task Rates_are_learned_from_what_earlier_attempts_took() => Now(() =>
    {
        var learned = CostLearning.Learn(BalanceBy.Cost, Attempts(new(BalanceBy.Cost, 50e6, 1e-3), (1e9, 10), (1e6, 5_000), (5e8, 500), (1e8, 20_000)));
        learned.BytesPerSecond.ShouldBe(50e6, 1e3);
        learned.SecondsPerEntry.ShouldBe(1e-3, 1e-6);
    });

    [Fact]
    public Task Fewer_than_four_attempts_teach_nothing() => Now(() =>
    {
        var slow = new CostModel(BalanceBy.Cost, 50e6, 1e-3);
        CostLearning.Learn(BalanceBy.Files, []).ShouldBe(CostModel.Default(BalanceBy.Files));
        CostLearning.Learn(BalanceBy.Cost, Attempts(slow, (1e9, 10), (1e6, 5_000), (5e8, 500))).ShouldBe(Default);
        CostLearning.Learn(BalanceBy.Cost, [.. Attempts(slow, (1e9, 10), (1e6, 5_000), (5e8, 500)), (new(1, 1, 1), TimeSpan.Zero), (new(1, 1, 0), TimeSpan.FromDays(1))]).ShouldBe(Default);
    });

    [Fact]
    public Task Attempts_that_are_all_alike_scale_the_defaults() => Now(() =>
    {
        var learned = CostLearning.Learn(BalanceBy.Cost, Attempts(Default with { BytesPerSecond = 100e6, SecondsPerEntry = 0.5e-3 }, (1e9, 100), (1e9, 101), (1.01e9, 100), (1e9, 100)));
        learned.BytesPerSecond.ShouldBe(100e6, 1e3);
        learned.SecondsPerEntry.ShouldBe(0.5e-3, 1e-6);
    });

    [Fact]
    public Task No_rate_is_negative_or_beyond_what_storage_does() => Now(() =>
    {
        // More bytes took less time: the free optimum has a negative cost per byte.
        var odd = CostLearning.Learn(BalanceBy.Cost, [(new(1_000_000_000, 0, 1_000), Seconds(1)), (new(0, 0, 1_000), Seconds(2)), (new(0, 0, 2_000), Seconds(4)), (new(500_000_000, 0, 1_000), Seconds(1))]);
        odd.BytesPerSecond.ShouldBe(100e9);
        odd.SecondsPerEntry.ShouldBeInRange(1e-3, 2e-3);
        var stuck = CostLearning.Learn(BalanceBy.Cost, Enumerable.Range(1, 8).Select(i => (new Totals(i % 3, 0, i), TimeSpan.FromDays(i))));
        stuck.BytesPerSecond.ShouldBeGreaterThanOrEqualTo(1e6);
        stuck.SecondsPerEntry.ShouldBeLessThanOrEqualTo(1);
    });

    [Theory]
    [InlineData(1e9, 100_000, 0, 1)]
    [InlineData(1e9, 100_000, 2, 8)]
    [InlineData(1e9, 5, 2, 5)]
    [InlineData(0, 0, 2, 1)]
    [InlineData(1.8e12, 100_000, 2, 11)]
    [InlineData(1e18, 1_000_000, 2, 1_000_000)]
    public Task Buckets_are_four_a_slot_and_a_quarter_of_an_hour_at_most(double bytes, long entries, int slots, int expected) => Now(() =>
        BucketCount.Auto(new((long)bytes, 0, entries), Default, slots).ShouldBe(expected));

    private static IEnumerable<(Totals Copied, TimeSpan Took)> Attempts(CostModel truth, params (double Bytes, long Entries)[] moved) =>
        moved.Select(m => new Totals((long)m.Bytes, 0, m.Entries)).Select(totals => (totals, truth.Estimate(totals)));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static Task Now(Action test)
    {
        test();
        return Task.CompletedTask;
    }
}

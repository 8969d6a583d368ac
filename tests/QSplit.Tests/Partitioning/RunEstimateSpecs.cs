using QSplit.Manifests;
using QSplit.Partitioning;

namespace QSplit.Tests.Partitioning;

public sealed class RunEstimateSpecs
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void The_slots_share_the_buckets_the_heaviest_first() =>
        Of([5, 3, 3, 2, 2], new([("a", 1, null), ("b", 1, null)], null, null)).ShouldBe((8 * Hour, 8 * Hour, 2, "slots"));

    // 150 MB an hour for each of the hours that the buckets take: 2,250 MB in all.
    [Theory]
    [InlineData(150.0, 150.0, null, 7.5)]
    [InlineData(75.0, 75.0, null, 15)]
    [InlineData(75.0, 75.0, 37.5, 60)]
    [InlineData(75.0, null, null, 8)]
    [InlineData(null, null, 37.5, 60)]
    public void No_more_goes_across_than_the_limits_let_through(double? one, double? other, double? all, double hours)
    {
        static long? Rate(double? megabytesAnHour) => (long?)(megabytesAnHour * 1_000_000 / 3600);
        var elapsed = Of([5, 3, 3, 2, 2], new([("a", 1, Rate(one)), ("b", 1, Rate(other))], Rate(all), null)).Elapsed;
        elapsed.ShouldBe(Math.Max(8, hours) * Hour, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(6, 6)]
    [InlineData(8, 8)]
    [InlineData(9, 25)]
    [InlineData(16, 32)]
    [InlineData(20, 52)]
    public void A_window_makes_days_of_nights(int hours, int calendar)
    {
        var window = DailyWindow.Read("22:00-06:00 UTC").Value;
        Of([hours], new([("a", 1, null)], null, window)).Calendar.ShouldBe(calendar * Hour);
    }

    [Fact]
    public void What_takes_thousands_of_years_is_still_a_number()
    {
        var window = DailyWindow.Read("22:00-22:05 UTC").Value;
        Of([1_000_000_000], new([("a", 1, 1)], 1, window)).Limit.ShouldBe("bandwidth");
    }

    [Fact]
    public void Without_hosts_nothing_is_promised() => RunEstimates.Of([], new([], null, null)).ShouldBeNull();

    private static (TimeSpan Elapsed, TimeSpan Calendar, int Slots, string Limit) Of(int[] hours, Workforce force)
    {
        var estimate = RunEstimates.Of(hours.Select((h, i) => new Bucket(i + 1, new(0, h * 150_000_000L, 1), Math.Min(h, 1000) * Hour, [])), force)!;
        return (estimate.Elapsed, estimate.Calendar, estimate.Slots, estimate.Limit);
    }
}

using FsCheck;
using FsCheck.Fluent;
using QSplit.Reports.Html;

namespace QSplit.Tests.Reports.Html;

/// <summary>Marks at round places, none beyond its axis, no two alike.</summary>
public sealed class AxisSpecs
{
    [Fact]
    public void Marks_of_any_span_of_time_are_few_in_order_and_told_apart() =>
        Prop.ForAll(Gen.Choose(0, 100).SelectMany(exponent => Gen.Choose(0, 1_000_000).Select(offset => (exponent, offset))).ToArbitrary(), item =>
        {
            var begin = new DateTimeOffset(2026, 11, 22, 21, 4, 17, TimeSpan.Zero).AddSeconds(item.offset * 37.3);
            var ticks = TimeTicks.Of(begin, begin.AddSeconds(0.05 * Math.Pow(10, item.exponent * 0.09)), TimeAxis.Most);
            ticks.Length.ShouldBeInRange(1, TimeAxis.Most);
            ticks.Select(tick => tick.Share).ShouldBeInOrder(SortDirection.Ascending);
            ticks.ShouldAllBe(tick => tick.Share >= 0 && tick.Share <= 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_day_is_said_where_it_changes()
    {
        var begin = new DateTimeOffset(2026, 11, 22, 21, 4, 17, TimeSpan.Zero);
        TimeTicks.Of(begin, begin.AddHours(3.9), TimeAxis.Most).Select(tick => tick.Label).ShouldBe(["21:30", "22:00", "22:30", "23:00", "23:30", "23 Nov", "00:30"]);
    }

    [Theory]
    [InlineData(0, "bytes", "0|1 B")]
    [InlineData(3.1e9, "bytes", "0|1 GiB|2 GiB|3 GiB")]
    [InlineData(3400, "seconds", "0|20 min|40 min|60 min")]
    [InlineData(2.5, "seconds", "0|1 s|2 s|3 s")]
    [InlineData(3, "entries", "0|1|2|3")]
    [InlineData(1_234_567, "entries", "0|500,000|1,000,000|1,500,000")]
    [InlineData(double.NaN, "entries", "0|1")]
    public void Amounts_are_marked_in_round_steps_of_the_unit_that_suits_them(double most, string unit, string labels) =>
        ValueTicks.Of(most, unit, 4).Ticks.Select(tick => tick.Label).ShouldBe(labels.Split('|'));

    [Theory]
    [InlineData("dtn2", "dtn10")]
    [InlineData("a", "a1")]
    [InlineData("n9x", "n09y")]
    [InlineData("n1", "n99999999999999999999999999999999")]
    public void Names_stand_in_the_order_of_their_numbers(string first, string second)
    {
        NaturalOrder.Instance.Compare(first, second).ShouldBeLessThan(0);
        NaturalOrder.Instance.Compare(second, first).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_label_is_cut_between_characters_and_never_to_nothing()
    {
        TextWidth.Cut("short", 10, 100).ShouldBe("short");
        var cut = TextWidth.Cut("e\u0301👩‍💻e\u0301👩‍💻e\u0301👩‍💻", 10, 90).ShouldNotBeNull();
        TextWidth.Of(cut, 10).ShouldBeLessThanOrEqualTo(90);
        cut.ShouldEndWith("…");
        char.IsSurrogate(cut[^2]).ShouldBe(char.IsLowSurrogate(cut[^2]));
        TextWidth.Cut("sequences", 10, 12).ShouldBeNull();
    }
}

using QSplit.Reports;

namespace QSplit.Tests.Reports;

public sealed class HumaneSpecs
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData((1 << 20) - 1, "1.0 MiB")]
    [InlineData(10_952_166_605, "10.2 GiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    [InlineData(-2048, "-2.0 KiB")]
    public Task Sizes_are_in_IEC_units(long bytes, string text) => Is(Humane.Bytes(bytes), text);

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0000001, "1 ms")]
    [InlineData(0.85, "850 ms")]
    [InlineData(0.9999, "1.0 s")]
    [InlineData(5.24, "5.2 s")]
    [InlineData(9.97, "10 s")]
    [InlineData(51, "51 s")]
    [InlineData(59.7, "1 min 00 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(3599.6, "1 h 00 min")]
    [InlineData(7500, "2 h 05 min")]
    [InlineData(86_399, "1 d 0 h")]
    [InlineData(273_600, "3 d 4 h")]
    [InlineData(-5.24, "-5.2 s")]
    public Task Durations_have_two_units_at_most(double seconds, string text) => Is(Humane.Duration(TimeSpan.FromSeconds(seconds)), text);

    [Fact]
    public Task Rates_counts_and_shares_read_as_one_says_them() => Is(
        string.Join(" | ", Humane.Rate(1 << 20, TimeSpan.FromSeconds(2)), Humane.Rate(5, TimeSpan.Zero), Humane.Count(200_000), Humane.Count(1, "file", "files"), Humane.Count(1_234, "file", "files"), Humane.Percent(1, 3), Humane.Percent(0, 0)),
        "512.0 KiB/s | - | 200,000 | 1 file | 1,234 files | 33.3 % | -");

    private static Task Is(string actual, string expected)
    {
        actual.ShouldBe(expected);
        return Task.CompletedTask;
    }
}

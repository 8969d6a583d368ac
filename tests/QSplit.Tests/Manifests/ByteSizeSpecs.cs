using FsCheck;
using FsCheck.Fluent;
using QSplit.Manifests;

namespace QSplit.Tests.Manifests;

public sealed class ByteSizeSpecs
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("512", 512)]
    [InlineData("512B", 512)]
    [InlineData("1kB", 1000)]
    [InlineData("1KB", 1000)]
    [InlineData("1KiB", 1024)]
    [InlineData("400MB", 400_000_000)]
    [InlineData("10GiB", 10_737_418_240)]
    [InlineData("10 GiB", 10_737_418_240)]
    [InlineData("1.5TB", 1_500_000_000_000)]
    [InlineData("0.5KiB", 512)]
    [InlineData("0.0001kB", 0)]
    [InlineData("1.0009KB", 1000)]
    [InlineData("2PiB", 2_251_799_813_685_248)]
    [InlineData("7EiB", 8_070_450_532_247_928_832)]
    [InlineData("9EB", 9_000_000_000_000_000_000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("00000000000000000000000000000000000001", 1)]
    [InlineData("1.00000000000000000000000000000000000000001", 1)]
    public void I_can_write_a_size_in_decimal_and_in_binary_units(string text, long bytes) => ByteSize.Parse(text).Bytes.ShouldBe(bytes);

    [Theory]
    [InlineData("", "must be a number and a unit, such as 512, 400MB, 1.5TB or 10GiB")]
    [InlineData("much", "must be a number and a unit, such as 512, 400MB, 1.5TB or 10GiB")]
    [InlineData("1.5.2GB", "must be a number and a unit, such as 512, 400MB, 1.5TB or 10GiB")]
    [InlineData(".5GB", "must be a number and a unit, such as 512, 400MB, 1.5TB or 10GiB")]
    [InlineData("1e9", "must be a number and a unit, such as 512, 400MB, 1.5TB or 10GiB")]
    [InlineData("1GB\n", "must be a number and a unit, such as 512, 400MB, 1.5TB or 10GiB")]
    [InlineData("1,5GB", "must be a number and a unit, such as 512, 400MB, 1.5TB or 10GiB")]
    [InlineData("400MB/s", "must be a number and a unit, such as 512, 400MB, 1.5TB or 10GiB")]
    [InlineData("-1GB", "must not be negative")]
    [InlineData("10G", "must say which unit it means: GiB counts in 1024, GB in 1000")]
    [InlineData("10k", "must say which unit it means: KiB counts in 1024, kB in 1000")]
    [InlineData("10Mb", "must have a unit of bytes: B, kB, MB, GB, TB, PB, EB or KiB, MiB, GiB, TiB, PiB, EiB")]
    [InlineData("8EiB", "must be less than 8EiB, which is more than can be counted")]
    [InlineData("9223372036854775808", "must be less than 8EiB, which is more than can be counted")]
    [InlineData("99999999999999999999999999999999999999EB", "must be less than 8EiB, which is more than can be counted")]
    public void A_size_that_is_none_is_refused_with_the_reason(string text, string why) =>
        Should.Throw<FormatException>(() => ByteSize.Parse(text)).Message.ShouldBe($"A size {why}, is '{text}'.");

    [Theory]
    [InlineData("400MB/s", 400_000_000)]
    [InlineData("1.5GiB/s", 1_610_612_736)]
    [InlineData("1/s", 1)]
    public void I_can_write_a_rate(string text, long bytes) => ByteRate.Parse(text).BytesPerSecond.ShouldBe(bytes);

    [Theory]
    [InlineData("400MB", "must be a number of bytes a second, such as 400MB/s or 1.5GiB/s")]
    [InlineData("400Mbps", "must be a number of bytes a second, such as 400MB/s or 1.5GiB/s")]
    [InlineData("400Mb/s", "must have a unit of bytes: B, kB, MB, GB, TB, PB, EB or KiB, MiB, GiB, TiB, PiB, EiB")]
    [InlineData("0MB/s", "must be more than 0")]
    [InlineData("-1MB/s", "must not be negative")]
    public void A_rate_that_is_none_is_refused_with_the_reason(string text, string why) =>
        Should.Throw<FormatException>(() => ByteRate.Parse(text)).Message.ShouldBe($"A rate {why}, is '{text}'.");

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1024, "1KiB")]
    [InlineData(10L << 30, "10GiB")]
    [InlineData(400_000_000, "400MB")]
    [InlineData(1_500_000_000_000, "1500GB")]
    [InlineData(long.MaxValue, "9223372036854775807")]
    public void A_size_is_printed_as_a_person_would_write_it(long bytes, string text) => new ByteSize(bytes).ToString().ShouldBe(text);

    [Fact]
    public void What_is_printed_reads_back_as_the_same() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonNegativeInt>().Generator.Zip(Gen.Choose(0, 31)).ToArbitrary(),
                pair => (long)pair.Item1.Get << pair.Item2 is var bytes and >= 0 && ByteSize.Parse(new ByteSize(bytes).ToString()).Bytes == bytes)
            .QuickCheckThrowOnFailure();
}

using System.Globalization;
using QSplit.Manifests;

namespace QSplit.Tests.Manifests;

/// <summary>When work may begin.</summary>
public sealed class DailyWindowSpecs
{
    [Theory]
    [InlineData("22:00-06:00 UTC", "2026-11-23T21:59:59Z", false, "2026-11-23T22:00:00Z")]
    [InlineData("22:00-06:00 UTC", "2026-11-23T22:00:00Z", true, "2026-11-24T06:00:00Z")]
    [InlineData("22:00-06:00 UTC", "2026-11-24T05:59:59Z", true, "2026-11-24T06:00:00Z")]
    [InlineData("22:00-06:00 UTC", "2026-11-24T06:00:00Z", false, "2026-11-24T22:00:00Z")]
    [InlineData("08:00-12:30 UTC", "2026-11-24T12:00:00Z", true, "2026-11-24T12:30:00Z")]
    [InlineData("08:00-12:30 UTC", "2026-11-24T13:00:00Z", false, "2026-11-25T08:00:00Z")]
    [InlineData("22:00-06:00 America/New_York", "2026-11-24T04:00:00Z", true, "2026-11-24T11:00:00Z")]
    // The night in which the clocks of Berlin go forward at 02:00, and the one in which they go back at 03:00.
    [InlineData("22:00-06:00 Europe/Berlin", "2026-03-28T23:00:00Z", true, "2026-03-29T04:00:00Z")]
    [InlineData("22:00-06:00 Europe/Berlin", "2026-10-24T21:00:00Z", true, "2026-10-25T05:00:00Z")]
    [InlineData("02:30-05:00 Europe/Berlin", "2026-03-29T00:00:00Z", false, "2026-03-29T01:00:00Z")]
    [InlineData("02:00-03:00 Europe/Berlin", "2026-03-29T00:30:00Z", false, "2026-03-30T00:00:00Z")]
    [InlineData("02:30-05:00 Europe/Berlin", "2026-10-25T00:45:00Z", true, "2026-10-25T04:00:00Z")]
    public void It_is_open_or_not_and_stays_so_until(string window, string now, bool isOpen, string until) =>
        DailyWindow.Read(window).Value.At(Time(now)).ShouldBe((isOpen, Time(until)));

    [Fact]
    public void At_each_minute_of_a_year_with_changing_clocks_what_is_said_holds_until_the_end_of_it()
    {
        var window = DailyWindow.Read("02:15-02:45 Europe/Berlin").Value;
        for (var now = Time("2026-01-01T00:00:00Z"); now < Time("2027-01-01T00:00:00Z"); now = now.AddMinutes(7))
        {
            var (isOpen, until) = window.At(now);
            until.ShouldBeGreaterThan(now);
            window.At(until.AddTicks(-1)).IsOpen.ShouldBe(isOpen);
            window.At(until).IsOpen.ShouldBe(!isOpen);
        }
    }

    [Theory]
    [InlineData("22:00-06:00", "must be hours and a time zone")]
    [InlineData("22-6 UTC", "must be hours and a time zone")]
    [InlineData("24:00-06:00 UTC", "must be hours and a time zone")]
    [InlineData("06:00-06:00 UTC", "must end at another time")]
    [InlineData("22:00-06:00 Mars/Olympus", "names the time zone 'Mars/Olympus', which this machine does not know")]
    public void What_is_none_is_refused(string text, string why) => DailyWindow.Read(text).Why.ShouldNotBeNull().ShouldStartWith(why);

    [Fact]
    public void It_is_written_as_it_is_read() => DailyWindow.Read("22:00-06:00 Europe/Berlin").Value.ToString().ShouldBe("22:00-06:00 Europe/Berlin");

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

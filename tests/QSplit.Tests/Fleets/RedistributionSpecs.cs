using QSplit.Runs;
using QSplit.Transfers;
using static QSplit.Tests.Fleets.FleetStory;

namespace QSplit.Tests.Fleets;

/// <summary>What is left of a limit goes to the transfers that still run, where they are done much sooner that way.</summary>
public sealed class RedistributionSpecs
{
    private const long Share = 10_000, Limit = 40_000;
    private static readonly TransferOutcome Interrupted = new TransferOutcome.Interrupted();

    [Fact]
    public void The_last_large_bucket_begins_again_with_the_whole_limit_and_spends_no_attempt()
    {
        var story = AllButOneDone(total: 100 * Limit);

        story.Sent(1, 20 * Share).Decide().ShouldBe([
            "end bucket 1: its share of the bandwidth grows from 9.8 KiB/s to 39.1 KiB/s. It begins again, and keeps the files that are complete"]);
        story.Decide().ShouldBeEmpty("it is asked once");
        story.End(1, Interrupted).Decide().ShouldBe(["bucket 1 on a/1 at 40000", "ask in 10 s"]);
        story.State.Retries.ShouldBeEmpty();
        story.Later(10).Sent(1, 10 * Limit).Decide().ShouldBeEmpty("there is no more");
    }

    [Fact]
    public void It_is_looked_at_when_its_rate_is_known()
    {
        var story = AllButOneDone(total: 100 * Limit, age: 5);

        story.Decide().ShouldBe(["ask in 5 s"]);
        story.Later(5).Sent(1, 10 * Share).Decide().ShouldHaveSingleItem().ShouldStartWith("end bucket 1: ");
    }

    [Theory]
    [InlineData(100, 12, "something else than the limit makes it slow")]
    [InlineData(6, 20, "it is done soon")]
    public void It_goes_on_where_little_would_be_won(int total, int sent, string why) =>
        AllButOneDone(total: total * Limit).Sent(1, sent * Share).Decide().ShouldBeEmpty(why);

    [Fact]
    public void A_file_that_is_mostly_sent_goes_on_and_many_complete_files_begin_again()
    {
        FleetStory Late() => AllButOneDone(total: 100 * Limit, age: 300);

        Late().Sent(1, 300 * Share).Decide().ShouldBeEmpty("it would be sent again: 100 s, and it has 100 s left");
        Late().Sent(1, 300 * Share, ofWholeFiles: 299 * Share).Decide().ShouldHaveSingleItem().ShouldStartWith("end bucket 1: ");
    }

    [Fact]
    public void Two_that_are_left_share_what_is_free()
    {
        var story = FleetStory.Of(Terms(Host("a", 4, rate: Limit)), 90, 80, 70, 60).Sized(100 * Limit, 100 * Limit, 1, 1);
        story.Decide();
        story.Later(20).End(3, Done).End(4, Done).Sent(1, 20 * Share).Sent(2, 20 * Share).Decide().ShouldBe([
            "end bucket 1: its share of the bandwidth grows from 9.8 KiB/s to 19.5 KiB/s. It begins again, and keeps the files that are complete",
            "end bucket 2: its share of the bandwidth grows from 9.8 KiB/s to 19.5 KiB/s. It begins again, and keeps the files that are complete"]);

        story.End(1, Interrupted).Starts().ShouldBe(["bucket 1 on a/1 at 15000"], "the other still uses its share");
        story.End(2, Interrupted).Starts().ShouldBe(["bucket 2 on a/2 at 25000"]);
        story.State.Fleet.Sum.Rate.ShouldBe(Limit);
    }

    [Fact]
    public void The_limit_of_the_migration_is_shared_anew_too()
    {
        var terms = Terms(Host("a", 2), Host("b", 2)) with { BytesPerSecond = Limit };
        var story = FleetStory.Of(terms, 90, 80, 70, 60).Sized(100 * Limit, 1, 1, 1);
        story.Decide();
        story.Later(20).End(2, Done).End(3, Done).End(4, Done);

        story.Sent(1, 20 * Share).Decide().ShouldHaveSingleItem().ShouldStartWith("end bucket 1: ");
    }

    [Fact]
    public void What_earlier_attempts_brought_counts_as_brought()
    {
        var run = SmallPlan.After(
            SmallPlan.Of(90, 80, 70, 60),
            SmallPlan.Start(1),
            new RunEvent.AttemptEnded(WorkUnit.OfBucket(1), 1, Interrupted, new Moved(0, 95 * Limit, 0), 1));
        var story = FleetStory.Of(run, Terms(Host("a", 4, rate: Limit)), 90, 80, 70, 60).Sized(100 * Limit, 1, 1, 1);
        story.Decide();

        story.Later(15).End(2, Done).End(3, Done).End(4, Done).Sent(1, 15 * Share).Decide().ShouldBeEmpty();
    }

    [Fact]
    public void As_long_as_something_can_begin_it_gets_what_is_free()
    {
        var story = FleetStory.Of(Terms(Host("a", 2, rate: Limit)), 90, 80, 70).Sized(100 * Limit, 1, 1);
        story.Decide();

        story.Later(20).End(2, Done).Sent(1, 20 * 20_000).Decide().ShouldBe(["bucket 3 on a/2 at 20000", "ask in 10 s"]);
    }

    [Fact]
    public void Of_what_no_size_is_known_nothing_begins_again()
    {
        var story = FleetStory.Of(Terms(Host("a", 4, rate: Limit)), 90, 80, 70, 60);
        story.Decide();

        story.Later(20).End(2, Done).End(3, Done).End(4, Done).Sent(1, 20 * Share).Decide().ShouldBeEmpty();
    }

    private static FleetStory AllButOneDone(long total, double age = 20)
    {
        var story = FleetStory.Of(Terms(Host("a", 4, rate: Limit)), 90, 80, 70, 60).Sized(total, 1, 1, 1);
        story.Decide().Length.ShouldBe(5);
        return story.Later(age).End(2, Done).End(3, Done).End(4, Done);
    }
}

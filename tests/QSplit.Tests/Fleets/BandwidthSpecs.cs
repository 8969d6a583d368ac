using static QSplit.Tests.Fleets.FleetStory;

namespace QSplit.Tests.Fleets;

/// <summary>Limits are divided among what runs, and never exceeded.</summary>
public sealed class BandwidthSpecs
{
    [Fact]
    public void Without_limits_nobody_is_limited() => FleetStory.Of(Terms(Host("a")), 10).Decide().ShouldBe(["bucket 1 on a/1"]);

    [Fact]
    public void The_limit_of_a_host_is_divided_among_its_slots() =>
        FleetStory.Of(Terms(Host("a", 4, rate: 80_000)), 4, 3, 2, 1, 1).Starts().ShouldBe([
            "bucket 1 on a/1 at 20000", "bucket 2 on a/2 at 20000", "bucket 3 on a/3 at 20000", "bucket 4 on a/4 at 20000"]);

    [Fact]
    public void Fewer_buckets_than_slots_have_more_each() =>
        FleetStory.Of(Terms(Host("a", 4, rate: 80_000)), 2, 1).Starts().ShouldBe(["bucket 1 on a/1 at 40000", "bucket 2 on a/2 at 40000"]);

    [Fact]
    public void What_an_attempt_had_is_given_to_the_next()
    {
        var story = FleetStory.Of(Terms(Host("a", 2, rate: 80_000)), 3, 2, 1);
        story.Decide();

        story.End(1, Done).Decide().ShouldBe(["bucket 3 on a/1 at 40000"]);
        story.State.Fleet.Sum.Rate.ShouldBe(80_000);
    }

    [Fact]
    public void The_limit_of_the_migration_is_divided_among_all_slots_and_the_lower_share_counts() =>
        FleetStory.Of(Terms(Host("a", 2, rate: 20_000), Host("b", 2)) with { BytesPerSecond = 80_000 }, 4, 3, 2, 1).Starts().ShouldBe([
            "bucket 1 on a/1 at 10000", "bucket 2 on b/1 at 23333", "bucket 3 on a/2 at 10000", "bucket 4 on b/2 at 36667"]);

    [Fact]
    public void Nothing_begins_with_a_sliver_of_a_limit_that_others_use_up()
    {
        var story = FleetStory.Of(SmallPlan.Begun(SmallPlan.Of(10, 20)), Terms(Host("a", 2, rate: 80_000)), 10);
        story.Starts().ShouldBe(["bucket 1 on a/1 at 80000"]);
        story.Go(state => state.With(Items(10, 20)));

        story.Decide().ShouldNotContain(line => line.Contains("bucket 2"));
        story.End(1, Done).Starts().ShouldBe(["bucket 2 on a/1 at 80000"]);
    }

    [Fact]
    public void A_fleet_that_grows_divides_what_comes_free_evenly()
    {
        var terms = Terms(Host("a", 2)) with { BytesPerSecond = 120_000 };
        var story = FleetStory.Of(terms, 9, 8, 7, 6, 5, 4, 3);
        story.Starts().ShouldBe(["bucket 1 on a/1 at 60000", "bucket 2 on a/2 at 60000"]);
        story.Renew(terms with { Hosts = [Host("a", 6)] }).Starts().ShouldBeEmpty();

        story.End(1, Done).Starts().ShouldBe(["bucket 3 on a/1 at 20000", "bucket 4 on a/3 at 20000", "bucket 5 on a/4 at 20000"]);
    }

    [Fact]
    public void A_limit_too_small_to_be_divided_runs_one_bucket_at_a_time()
    {
        var story = FleetStory.Of(Terms(Host("a", 4, rate: 1500)), 2, 1);

        story.Starts().ShouldBe(["bucket 1 on a/1 at 1024"]);
        story.End(1, Done).Starts().ShouldBe(["bucket 2 on a/1 at 1500"]);
    }

    [Fact]
    public void A_limit_that_is_lowered_is_kept_by_what_begins_from_then_on()
    {
        var story = FleetStory.Of(Terms(Host("a", 2, rate: 80_000)), 4, 3, 2, 1);
        story.Decide();
        story.Renew(Terms(Host("a", 2, rate: 40_000)));

        story.End(1, Done).Starts().ShouldBeEmpty();
        story.End(2, Done).Starts().ShouldBe(["bucket 3 on a/1 at 20000", "bucket 4 on a/2 at 20000"]);
    }
}

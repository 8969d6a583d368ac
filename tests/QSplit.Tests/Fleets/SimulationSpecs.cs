using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using QSplit.Fleets;
using QSplit.Transfers;

namespace QSplit.Tests.Fleets;

/// <summary>Whole runs in virtual time, with whatever can go wrong going wrong. <see cref="VirtualFleet"/> looks for what must never happen.</summary>
public sealed class SimulationSpecs
{
    [Fact]
    public void In_the_end_each_bucket_is_done_or_given_up_or_no_host_was_left() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Run(new Random(seed), halts: false).ShouldSatisfyAllConditions(
            f => f.State.Run.Buckets.Values.ShouldAllBe(b => b.Running == null),
            f => (f.State.Halt ?? "no host is left").ShouldStartWith("no host is left"),
            f => f.State.Run.LeftBuckets.Where(n => f.State.Halt is null).ShouldAllBe(n => f.State.Retries[new(Pass.Baseline, n)].NotBefore == null),
            f => f.State.Fleet.Sum.Rate.ShouldBe(0)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_begins_after_a_halt_and_what_ran_is_waited_for() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Run(new Random(seed), halts: true).State.Run.Buckets.Values.ShouldAllBe(b => b.Running == null))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_thousand_hosts_that_come_and_go_do_fifty_thousand_buckets_and_are_hardly_ever_idle()
    {
        const int Hosts = 1000, Slots = 4, Buckets = 50_000;
        var random = new Random(20261122);
        var terms = FleetStory.Terms([.. Enumerable.Range(1, Hosts).Select(n => FleetStory.Host($"dtn{n}", Slots))]);
        // Most take seconds, some a quarter of an hour, as buckets of a real tree do.
        long[] seconds = [.. Enumerable.Range(0, Buckets).Select(_ => Math.Min(900, (long)(30 / Math.Pow(1 - random.NextDouble(), 0.9))))];
        var fleet = new VirtualFleet(random, terms, seconds, () => FleetStory.Done);
        foreach (var host in terms.Hosts.Where(_ => random.Next(5) == 0))
        {
            var dies = random.NextDouble() * 900;
            fleet.At(dies, () => fleet.Kill(host.Name));
            fleet.At(dies + 10 + (random.NextDouble() * 300), () => fleet.Revive(host.Name));
        }

        fleet.Run(10 * Buckets);

        fleet.State.Run.LeftBuckets.ShouldBeEmpty();
        fleet.State.Halt.ShouldBeNull();
        var told = $"makespan {(fleet.Now - FleetStory.Begun).TotalSeconds:F0} s, bound {seconds.Sum() / (double)(Hosts * Slots):F0} s, attempts {fleet.Attempts}, decisions {fleet.Steps}, idle {fleet.Idle / fleet.Offered:P1}";
        TestContext.Current.TestOutputHelper!.WriteLine(told);
        (fleet.Idle / fleet.Offered).ShouldBeLessThan(0.05, told);
    }

    private static VirtualFleet Run(Random random, bool halts)
    {
        long[] seconds = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.NextInt64(1, 1000))];
        var terms = FleetStory.Terms([.. Enumerable.Range(1, random.Next(1, 6)).Select(n => Any(random, n))]) with
        {
            BytesPerSecond = random.Next(2) == 0 ? random.NextInt64(100_000, 1_000_000) : null,
            Patience = TimeSpan.FromSeconds(random.Next(1200)),
            Window = random.Next(3) == 0 ? FleetStory.Window("22:00-06:00 Europe/Berlin") : null,
        };
        var fleet = new VirtualFleet(random, terms, seconds, () => Outcome(random, halts));
        for (var i = random.Next(20); i > 0; i--)
        {
            var (host, dies) = ($"dtn{random.Next(1, 6)}", random.NextDouble() * 40_000);
            fleet.At(dies, () => fleet.Kill(host));
            fleet.At(dies + (random.NextDouble() * 900), () => fleet.Revive(host));
        }
        for (var i = random.Next(10); i > 0; i--) fleet.At(random.NextDouble() * 40_000, () => fleet.Renew(old => old with { Hosts = Changed(random, old.Hosts) }));
        return fleet.Run(20_000);
    }

    private static HostTerms Any(Random random, int number) =>
        FleetStory.Host($"dtn{number}", random.Next(1, 5), random.Next(8) == 0, number % 2 == 0 ? 50_000 * number : null);

    // A host is added, taken out, drained, or has other slots. Its limit stays: what runs cannot be told of a lower one.
    private static ImmutableArray<HostTerms> Changed(Random random, ImmutableArray<HostTerms> hosts)
    {
        var host = Any(random, random.Next(1, 8));
        var others = hosts.RemoveAll(h => h.Name == host.Name);
        return random.Next(3) == 0 ? others : others.Add(host);
    }

    private static TransferOutcome Outcome(Random random, bool halts) => random.Next(halts ? 15 : 13) switch
    {
        < 6 => new TransferOutcome.Succeeded(0),
        < 9 => new TransferOutcome.Transient(255, "ssh failed"),
        < 11 => FleetStory.Left,
        11 => new TransferOutcome.Partial([], false),
        12 => new TransferOutcome.HostUnfit("no rsync"),
        13 => new TransferOutcome.NoSpace("full"),
        _ => new TransferOutcome.Refused(1, "no"),
    };
}

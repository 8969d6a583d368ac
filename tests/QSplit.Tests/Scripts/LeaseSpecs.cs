using System.Diagnostics;
using QSplit.Scripts;
using QSplit.Tests.Transports;

namespace QSplit.Tests.Scripts;

/// <summary>Programs that nobody listens to any more, on this machine (0) and over ssh (2).</summary>
public sealed class LeaseSpecs(LoopbackHosts ways) : IClassFixture<LoopbackHosts>
{
    private readonly string _lease = $"music/bucket 17 it's {Random.Shared.Next()}";

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task What_runs_on_under_a_lease_is_ended_and_others_are_left_alone(int way)
    {
        using var held = Start(_lease, "exec sleep 300");
        using var longer = Start($"{_lease}1", "exec sleep 300");
        using var none = Start(null, "sleep 300; exit", $"QSPLIT_LEASE={_lease}");

        var heard = await Heard.ByAsync(ways.To(way), LeaseScript.End(_lease));

        heard.End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(0), e => e.IsKnown.ShouldBeTrue());
        (ProcessTable.IsAlive(held.Id), ProcessTable.IsAlive(longer.Id), ProcessTable.IsAlive(none.Id)).ShouldBe((false, true, true));
        longer.Kill(entireProcessTree: true);
        none.Kill(entireProcessTree: true);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_does_not_mind_is_killed()
    {
        using var held = Start(_lease, "trap '' TERM; while :; do sleep 1; done");

        (await Heard.HereAsync(LeaseScript.End(_lease))).End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(0), e => e.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(3)));

        ProcessTable.IsAlive(held.Id).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Where_nothing_runs_on_it_is_done_without_a_wait()
    {
        using var waits = new RecordedSleeps();

        (await Heard.HereAsync(LeaseScript.End(_lease), environment: waits.Environment)).End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(0), e => e.IsKnown.ShouldBeTrue());

        waits.Seconds.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task All_that_a_fenced_program_starts_is_under_its_lease()
    {
        var mark = Scripted.NewMark();
        var begun = new TaskCompletionSource();
        var running = Heard.HereAsync(Scripted.Fenced(Scripted.Sh($"sleep {mark} & echo begun; wait"), lease: _lease), heard: _ => begun.TrySetResult());
        await begun.Task;

        (await Heard.HereAsync(LeaseScript.End(_lease))).End.ExitCode.ShouldBe(0);

        await ProcessTable.NoneIsLeftAsync($"^sleep {mark}$");
        await running;
    }

    private static Process Start(string? lease, string shell, string name = "sh")
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", shell, name]) { UseShellExecute = false };
        if (lease is not null) start.Environment["QSPLIT_LEASE"] = lease;
        return Process.Start(start)!;
    }
}

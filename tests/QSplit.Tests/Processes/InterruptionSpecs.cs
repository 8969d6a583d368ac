using QSplit.Processes;

namespace QSplit.Tests.Processes;

public sealed class InterruptionSpecs
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = 2 * Hang;

    [Fact(Timeout = HangLimit)]
    public async Task An_interrupted_program_has_time_to_end_in_order()
    {
        var said = await InterruptedWhenReadyAsync(DummyProgram.Command("end-in-order"), Long);

        said.Output.ShouldBe(["ready", "ended in order"]);
        said.Result.ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(7), r => r.WasInterrupted.ShouldBeTrue());
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_program_that_does_not_mind_is_killed_after_the_grace_with_its_children()
    {
        var said = await InterruptedWhenReadyAsync(DummyProgram.Command("stubborn-parent"), Grace, ready: 2);

        said.Output.ShouldContain("no");
        said.Result.ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(128 + 9), r => r.WasInterrupted.ShouldBeTrue(), r => r.Elapsed.ShouldBeGreaterThan(Grace));
        var child = int.Parse(said.Output.Single(line => line.StartsWith("child ", StringComparison.Ordinal))["child ".Length..]);
        await ProcessTable.IsGoneAsync(child);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_program_that_holds_its_input_can_be_interrupted()
    {
        var said = await InterruptedWhenReadyAsync(DummyProgram.Command("hang") with { Input = new byte[10_000_000], HoldInput = true }, Long);

        said.Result.ShouldSatisfyAllConditions(r => r.WasInterrupted.ShouldBeTrue());
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_cancelled_already_is_not_started()
    {
        var said = await Said.ByAsync(DummyProgram.Command("hang"), cancellationToken: new CancellationToken(canceled: true));

        said.Output.ShouldBeEmpty();
        said.Result.ShouldBe(new CommandResult(128 + 15, TimeSpan.Zero, true));
    }

    private static async Task<Said> InterruptedWhenReadyAsync(Command command, TimeSpan grace, int ready = 1)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var count = 0;
        return await Said.ByAsync(command, grace, source.Token, line =>
        {
            if (line == "ready" && ++count == ready) source.Cancel();
        });
    }
}

using System.Collections.Immutable;
using QSplit.Pipes;

namespace QSplit.Tests.Pipes;

public sealed class StageSpecs
{
    private readonly Arithmetic _arithmetic = new();
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangLimit)]
    public async Task Nothing_runs_before_I_say_so_and_each_run_begins_anew()
    {
        var flow = 5 | _arithmetic.Double >> _arithmetic.Next;

        _arithmetic.Ran.ShouldBeEmpty();
        (await flow.RunAsync(Token)).ShouldBe(11);
        (await flow.RunAsync(Token)).ShouldBe(11);
        _arithmetic.Ran.ShouldBe(["Twice", "Increment", "Twice", "Increment"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_can_write_a_chain_over_several_lines_without_parentheses()
    {
        var flow =
            5
            | _arithmetic.Double
            >> _arithmetic.Next   // 11
            | _arithmetic.Double  // 22
            | _arithmetic.Write;

        (await flow.RunAsync(Token)).ShouldBe("22");
        (await (5 | (_arithmetic.Double >> _arithmetic.Next) >> _arithmetic.Write).RunAsync(Token)).ShouldBe("11");
        (await (5 | _arithmetic.Double >> (_arithmetic.Next >> _arithmetic.Write)).RunAsync(Token)).ShouldBe("11");
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_can_say_the_same_without_operators()
    {
        var flow = _arithmetic.Double.Then(_arithmetic.Next).Start(5).Then(_arithmetic.Write);

        (await flow.RunAsync(Token)).ShouldBe("11");
    }

    [Fact]
    public void A_chain_is_printed_as_it_was_written()
    {
        (_arithmetic.Double >> _arithmetic.Next).ToString().ShouldBe("Twice >> Increment");
        (5 | _arithmetic.Double | _arithmetic.Next >> _arithmetic.Double).ToString().ShouldBe("Twice >> Increment >> Twice");
        (_arithmetic.Double >> _arithmetic.Next).ForEach().ToString().ShouldBe("each(Twice >> Increment)");
        new Stage<int, int>(value => value
            + 1).ToString().ShouldBe("value => value + 1");
        new Stage<int, int>(aValueWithALongName => aValueWithALongName * aValueWithALongName * aValueWithALongName).ToString()
            .ShouldBe("aValueWithALongName => aValueWithALongName * aValueWithAL...");
        new Stage<int, int>(Math.Abs, "distance").ToString().ShouldBe("distance");
        new Stage<int, int>(Math.Abs).ToString().ShouldBe("Abs");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_cancelled_run_starts_no_further_stage()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var cancel = new Stage<int, int>(value =>
        {
            source.Cancel();
            return value;
        });

        await Should.ThrowAsync<OperationCanceledException>(() => (5 | _arithmetic.Double >> cancel >> _arithmetic.Next).RunAsync(source.Token));
        await Should.ThrowAsync<OperationCanceledException>(() => (5 | _arithmetic.Double | cancel | _arithmetic.Next).RunAsync(source.Token));
        _arithmetic.Ran.ShouldBe(["Twice"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_token_of_the_run_reaches_every_stage()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var seen = new List<CancellationToken>();
        var look = new Stage<int, int>((value, token) =>
        {
            seen.Add(token);
            return Task.FromResult(value);
        });

        await (ImmutableArray.Create(1, 2) | (look >> look).ForEach()).RunAsync(source.Token);

        seen.ShouldBe([source.Token, source.Token, source.Token, source.Token]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_stage_in_the_middle_of_its_work_can_be_cancelled()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var sleep = new Stage<int, int>(async (value, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return value;
        });

        var run = (5 | sleep).RunAsync(source.Token);
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => run);
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_stage_that_failed_is_named_and_the_reason_is_kept()
    {
        var fail = new Stage<int, int>(_ => throw new InvalidOperationException("no more disks"), "Survey");

        var failure = await Should.ThrowAsync<StageFailedException>(() => (5 | _arithmetic.Double >> fail >> _arithmetic.Next).RunAsync(Token));

        failure.Stage.ShouldBe("Survey");
        failure.Message.ShouldBe("Stage 'Survey' failed: no more disks");
        failure.InnerException.ShouldBeOfType<InvalidOperationException>();
        _arithmetic.Ran.ShouldBe(["Twice"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_failure_within_a_stage_that_runs_a_flow_of_its_own_names_the_inner_one_only()
    {
        var fail = new Stage<int, int>(_ => throw new InvalidOperationException("no more disks"), "Survey");
        var outer = new Stage<int, int>((value, token) => (value | fail).RunAsync(token), "TakeUp");

        var failure = await Should.ThrowAsync<StageFailedException>(() => (5 | outer).RunAsync(Token));

        failure.Message.ShouldBe("Stage 'Survey' failed: no more disks");
        failure.InnerException.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Somebody_elses_cancellation_is_a_failure_like_any_other()
    {
        using var other = new CancellationTokenSource();
        await other.CancelAsync();
        var timeOut = new Stage<int, int>((_, _) => Task.FromCanceled<int>(other.Token), "Survey");

        (await Should.ThrowAsync<StageFailedException>(() => (5 | timeOut).RunAsync(Token))).InnerException.ShouldBeAssignableTo<OperationCanceledException>();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Each_takes_several_values_one_after_another_in_their_order()
    {
        var running = 0;
        var seen = new List<int>();
        var stage = new Stage<int, int>(async (value, token) =>
        {
            Interlocked.Increment(ref running).ShouldBe(1);
            await Task.Delay(5 * (4 - value), token);
            seen.Add(value);
            Interlocked.Decrement(ref running);
            return value * 10;
        });

        (await (ImmutableArray.Create(1, 2, 3) | stage.ForEach()).RunAsync(Token)).ShouldBe([10, 20, 30]);
        (await (ImmutableArray<int>.Empty | stage.ForEach()).RunAsync(Token)).ShouldBeEmpty();
        seen.ShouldBe([1, 2, 3]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_stage_can_hand_on_what_it_was_given()
    {
        var flow = 5 | (_arithmetic.Double >> _arithmetic.Write).Passing() >> _arithmetic.Next;

        flow.ToString().ShouldStartWith("passing(Twice >> ");
        (await flow.RunAsync(Token)).ShouldBe(6);
        _arithmetic.Ran[0].ShouldBe("Twice");
        _arithmetic.Ran[^1].ShouldBe("Increment");
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_can_hold_something_while_a_stage_runs()
    {
        var held = false;
        var look = new Stage<int, bool>(_ => held);
        var within = look.Within(async (_, run, token) =>
        {
            held = true;
            try
            {
                return await run(token);
            }
            finally
            {
                held = false;
            }
        });

        (await (5 | within).RunAsync(Token)).ShouldBeTrue();
        held.ShouldBeFalse();
        within.ToString().ShouldBe(look.ToString());
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_is_cancelled_while_it_waits_to_hold_something_does_not_start()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var within = _arithmetic.Double.Within(async (_, run, token) =>
        {
            await source.CancelAsync();
            return await run(token);
        });

        await Should.ThrowAsync<OperationCanceledException>(() => (5 | within).RunAsync(source.Token));
        _arithmetic.Ran.ShouldBeEmpty();
    }
}

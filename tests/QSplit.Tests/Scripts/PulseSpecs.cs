using QSplit.Processes;
using QSplit.Testing;
using QSplit.Transports;

namespace QSplit.Tests.Scripts;

public sealed class PulseSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_program_that_works_shows_signs_of_life_and_one_that_sleeps_does_not()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var (works, sleeps) = (0, 0);
        Task[] running = [SignsAsync("while :; do :; done", () => Interlocked.Increment(ref works)), SignsAsync("exec sleep 36000", () => Interlocked.Increment(ref sleeps))];

        // The one that sleeps works for a moment when it starts; after that it gives no sign while the other gives three.
        int before;
        do
        {
            before = Volatile.Read(ref sleeps);
            for (var until = Volatile.Read(ref works) + 3; Volatile.Read(ref works) < until;) await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        while (Volatile.Read(ref sleeps) != before);

        await end.CancelAsync();
        await Task.WhenAll(running);

        Task SignsAsync(string program, Action sign) => new LocalTransport(new ScriptRun(new Supervisor(TimeProvider.System, Hang), DummyProgram.Environment)).RunAsync(
            Scripted.Fenced(Scripted.Sh(program), pulseSeconds: 1), new Listener(_ => { }, _ => { }, word => { if (word == "alive") sign(); }), end.Token);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Ctrl_C_on_a_terminal_does_not_reach_what_was_started()
    {
        Assert.SkipWhen(Tool.Run("sh", "-c", "command -v setsid").ExitCode != 0, "setsid is not there: install package util-linux");

        var heard = await Heard.HereAsync(Scripted.Lines("ps -o pgid= -p $$"));

        heard.Output.ShouldHaveSingleItem().Trim().ShouldNotBe(Tool.Read("ps", "-o", "pgid=", "-p", $"{Environment.ProcessId}").Trim());
    }
}

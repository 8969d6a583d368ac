using QSplit.Testing;

namespace QSplit.Tests.Scripts;

public sealed class PulseSpecs
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task A_program_that_works_shows_signs_of_life_and_one_that_sleeps_does_not()
    {
        var works = Heard.HereAsync(Scripted.Fenced(["timeout", "4.5", "sh", "-c", "while :; do :; done"], pulseSeconds: 1));
        var sleeps = Heard.HereAsync(Scripted.Fenced(["sleep", "4.5"], pulseSeconds: 1));

        (await works).Said.Count(word => word == "alive").ShouldBeGreaterThan(2);
        (await sleeps).Said.Count(word => word == "alive").ShouldBeLessThan(2);
    }

    [Fact(Timeout = Limit)]
    public async Task Ctrl_C_on_a_terminal_does_not_reach_what_was_started()
    {
        Assert.SkipWhen(Tool.Run("sh", "-c", "command -v setsid").ExitCode != 0, "setsid is not there: install package util-linux");

        var heard = await Heard.HereAsync(Scripted.Lines("ps -o pgid= -p $$"));

        heard.Output.ShouldHaveSingleItem().Trim().ShouldNotBe(Tool.Read("ps", "-o", "pgid=", "-p", $"{Environment.ProcessId}").Trim());
    }
}

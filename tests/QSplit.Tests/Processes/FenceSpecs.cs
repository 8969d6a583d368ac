using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using QSplit.Processes;

namespace QSplit.Tests.Processes;

public sealed class FenceSpecs
{
    private const int Limit = 90_000;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory(Timeout = Limit)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    public async Task The_list_arrives_whole_and_nothing_else_does(int length)
    {
        var list = new byte[length];
        new Random(1).NextBytes(list);

        var said = await Said.ByAsync(Fence.Around(DummyProgram.Line("digest"), list, DummyProgram.Environment));

        said.Output.ShouldBe([$"{length} {Convert.ToHexString(SHA256.HashData(list))}"]);
        said.Errors.ShouldBeEmpty();
    }

    [Theory(Timeout = Limit)]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(255)]
    public async Task It_ends_with_its_program_and_that_ones_exit_code(int code)
    {
        var said = await Said.ByAsync(Fence.Around(Sh($"exit {code}"), new byte[1_000_000], DummyProgram.Environment));

        said.Result.ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(code), r => r.WasInterrupted.ShouldBeFalse(), r => r.Elapsed.ShouldBeLessThan(Soon));
    }

    [Fact(Timeout = Limit)]
    public async Task Arguments_and_environment_pass_through_untouched()
    {
        string[] words = ["two words", "'", "\"", "a\nb", "$(x)", "", "*", "\\", "-x"];

        var said = await Said.ByAsync(Fence.Around(["/bin/sh", "-c", """for word; do printf '%s\0' "$word"; done | od -An -tx1 -v; echo "$ONE" """, "sh", .. words], default, DummyProgram.Environment.Add("ONE", "a  b")));

        var bytes = Convert.FromHexString(string.Concat(said.Output.SkipLast(1)).Replace(" ", "", StringComparison.Ordinal));
        System.Text.Encoding.UTF8.GetString(bytes).Split('\0').SkipLast(1).ShouldBe(words);
        said.Output[^1].ShouldBe("a  b");
    }

    [Fact(Timeout = Limit)]
    public async Task Both_outputs_and_a_program_that_is_not_there_are_heard()
    {
        var said = await Said.ByAsync(Fence.Around(Sh("echo out; echo err >&2"), default, DummyProgram.Environment));
        (said.Output, said.Errors).ShouldSatisfyAllConditions(s => s.Output.ShouldBe(["out"]), s => s.Errors.ShouldBe(["err"]));

        (await Said.ByAsync(Fence.Around(["no-such-program"], default, DummyProgram.Environment))).Result.ExitCode.ShouldBe(127);
    }

    [Fact(Timeout = Limit)]
    public async Task An_interruption_reaches_the_program()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var said = await Said.ByAsync(Fence.Around(DummyProgram.Line("end-in-order"), default, DummyProgram.Environment), TimeSpan.FromSeconds(30), source.Token, _ => source.Cancel());

        said.Output.ShouldBe(["ready", "ended in order"]);
        said.Result.ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(7), r => r.WasInterrupted.ShouldBeTrue());
    }

    [Fact(Timeout = Limit)]
    public async Task A_program_that_does_not_mind_is_killed_by_the_fence_itself()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var said = await Said.ByAsync(Fence.Around(DummyProgram.Line("stubborn"), default, DummyProgram.Environment), TimeSpan.FromSeconds(30), source.Token, _ => source.Cancel());

        said.Output.ShouldBe(["ready", "no"]);
        said.Result.ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(128 + 9), r => r.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(25)));
    }

    [Theory(Timeout = Limit)]
    [InlineData("sleep")]
    [InlineData("stubborn")]
    public async Task Nothing_is_left_ten_seconds_after_its_controller_was_killed(string program)
    {
        var mark = $"7{Random.Shared.Next(10_000, 99_999)}";
        var line = program == "sleep" ? ["sleep", mark] : DummyProgram.Line("stubborn", mark)[..3];
        using var controller = DummyProgram.Start(["fence", "1000000", "/bin/sh", "-c", $"""head -c 1000000 >/dev/null; echo "started $$"; exec "$@" """, mark, .. line]);
        var started = int.Parse((await controller.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull()["started ".Length..]);
        ProcessTable.IsAlive(started).ShouldBeTrue();

        controller.Kill();

        (await ProcessTable.IsGoneWithinAsync(started, Soon)).ShouldBeTrue();
        (await ProcessTable.NoneIsLeftWithinAsync(mark, Soon)).ShouldBeTrue();
    }

    [Fact(Timeout = Limit)]
    public async Task A_lifeline_that_ends_at_once_ends_the_program_too()
    {
        for (var i = 0; i < 5; i++)
        {
            var mark = $"7{Random.Shared.Next(10_000, 99_999)}";
            var fence = Fence.Around(["sleep", mark], default, DummyProgram.Environment);
            using var shell = Process.Start(new ProcessStartInfo(fence.Executable, fence.Arguments) { RedirectStandardInput = true, UseShellExecute = false })!;

            shell.StandardInput.Close();

            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
            ProcessTable.Count($"^sleep {mark}$").ShouldBe(0);
        }
    }

    [Theory(Timeout = Limit)]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("INT")]
    public async Task A_signal_to_the_shell_ends_the_program(string signal)
    {
        var mark = $"7{Random.Shared.Next(10_000, 99_999)}";
        var fence = Fence.Around(["/bin/sh", "-c", $"echo started; exec sleep {mark}"], default, DummyProgram.Environment);
        using var shell = Process.Start(new ProcessStartInfo(fence.Executable, fence.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        (await shell.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("started");

        QSplit.Testing.Tool.Read("kill", $"-{signal}", $"{shell.Id}");

        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        shell.ExitCode.ShouldBe(128 + 15);
        ProcessTable.Count($"^sleep {mark}$").ShouldBe(0);
    }

    private static ImmutableArray<string> Sh(string script) => ["/bin/sh", "-c", script];
}

using System.Security.Cryptography;
using System.Text;
using QSplit.Scripts;

namespace QSplit.Tests.Scripts;

/// <summary>A program in its fence, on this machine.</summary>
public sealed class FenceSpecs
{
    /// <summary>What people have as <c>sh</c>; those that are not here are left out.</summary>
    public static TheoryData<string> Shells =>
        [.. new[] { "/bin/dash", "/bin/bash --posix", "/bin/busybox sh", "/bin/ksh" }.Where(shell => File.Exists(shell.Split(' ')[0]))];

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    public async Task The_list_arrives_whole_and_nothing_else_does(int length)
    {
        var list = new byte[length];
        new Random(1).NextBytes(list);

        var heard = await Heard.HereAsync(Scripted.Fenced(DummyProgram.Line("digest"), list));

        heard.Output.ShouldBe([$"{length} {Convert.ToHexString(SHA256.HashData(list))}"]);
        heard.Errors.ShouldBeEmpty();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(255)]
    public async Task It_ends_with_its_program_and_that_ones_exit_code(int code)
    {
        var heard = await Heard.HereAsync(Scripted.Fenced(Scripted.Sh($"exit {code}"), new byte[1_000_000]));

        heard.End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(code), e => e.IsKnown.ShouldBeTrue(), e => e.WasInterrupted.ShouldBeFalse());
    }

    [Fact(Timeout = HangLimit)]
    public async Task Arguments_and_environment_pass_through_untouched()
    {
        string[] words = ["two words", "'", "\"", "a\nb", "$(x)", "", "*", "\\", "-x"];

        var heard = await Heard.HereAsync(
            Scripted.Fenced(["/bin/sh", "-c", """for word; do printf '%s\0' "$word"; done | od -An -tx1 -v; echo "$ONE" """, "sh", .. words]),
            environment: DummyProgram.Environment.Add("ONE", "a  b"));

        var bytes = Convert.FromHexString(string.Concat(heard.Output.SkipLast(1)).Replace(" ", "", StringComparison.Ordinal));
        Encoding.UTF8.GetString(bytes).Split('\0').SkipLast(1).ShouldBe(words);
        heard.Output[^1].ShouldBe("a  b");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Both_outputs_and_a_program_that_is_not_there_are_heard()
    {
        var heard = await Heard.HereAsync(Scripted.Fenced(Scripted.Sh("echo out; echo err >&2")));
        heard.ShouldSatisfyAllConditions(h => h.Output.ShouldBe(["out"]), h => h.Errors.ShouldBe(["err"]), h => h.End.Words.ShouldBeEmpty());

        (await Heard.HereAsync(Scripted.Fenced(["no-such-program"]))).End.ExitCode.ShouldBe(127);
    }

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(Shells))]
    public async Task An_interruption_reaches_the_program_in_whatever_shell(string shell)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var heard = await Heard.InShellAsync(
            [.. shell.Split(' ')], Scripted.Fenced(Scripted.Sh("""trap 'echo ended in order; exit 7' TERM; echo ready; while :; do sleep 0.1; done""")), source.Token, _ => source.Cancel());

        heard.Output.ShouldBe(["ready", "ended in order"]);
        heard.End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(7), e => e.IsKnown.ShouldBeTrue(), e => e.WasInterrupted.ShouldBeTrue());
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_program_may_take_longer_than_silence_would_last()
    {
        var script = Scripted.Fenced(Scripted.Sh($"cat; sleep {Boot.SilenceSeconds + 1}; echo done; exit 3"), "a list"u8.ToArray());

        foreach (var heard in await Task.WhenAll(Shells.Select(shell => Heard.InShellAsync([.. shell.Data.Split(' ')], script))))
            heard.ShouldSatisfyAllConditions(h => h.Output.ShouldBe(["a listdone"]), h => h.Errors.ShouldBeEmpty(), h => h.End.ExitCode.ShouldBe(3));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Silence_ends_a_program_in_whatever_shell()
    {
        var mark = Scripted.NewMark();
        var shells = Shells.Select(shell => new RawShell(Scripted.Fenced(["sleep", mark]), isRemote: true, [.. shell.Data.Split(' ')])).ToList();

        await Task.WhenAll(shells.Select(shell => shell.Process.WaitForExitAsync(TestContext.Current.CancellationToken)));

        shells.ShouldAllBe(shell => shell.Process.ExitCode == 128 + 15);
        ProcessTable.Count($"^sleep {mark}$").ShouldBe(0);
        shells.ForEach(shell => shell.Dispose());
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_program_that_does_not_mind_is_killed_by_the_fence_itself()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var heard = await Heard.HereAsync(Scripted.Fenced(DummyProgram.Line("stubborn")), source.Token, _ => source.Cancel());

        heard.Output.ShouldBe(["ready", "no"]);
        heard.End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(128 + 9), e => e.IsKnown.ShouldBeTrue());
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_a_script_around_a_program_leaves_behind_is_ended_before_its_end_is_told()
    {
        var mark = Scripted.NewMark();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var wrapper = Scripted.Sh($"(trap '' TERM; exec sleep {mark}) & trap 'exit 20' TERM; echo ready; while :; do sleep 0.1; done");

        var heard = await Heard.HereAsync(Scripted.Fenced(wrapper), source.Token, _ => source.Cancel());

        ProcessTable.Count($"^sleep {mark}$").ShouldBe(0);
        heard.End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(20), e => e.IsKnown.ShouldBeTrue());
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("sleep")]
    [InlineData("stubborn")]
    public async Task Nothing_is_left_of_it_after_its_controller_was_killed(string program)
    {
        var mark = Scripted.NewMark();
        var line = program == "sleep" ? ["sleep", mark] : DummyProgram.Line("stubborn", mark)[..3];
        using var controller = DummyProgram.Start(["fence", "1000000", "/bin/sh", "-c", $"""head -c 1000000 >/dev/null; echo "started $$"; exec "$@" """, mark, .. line]);
        var started = int.Parse((await controller.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull()["started ".Length..]);
        ProcessTable.IsAlive(started).ShouldBeTrue();

        controller.Kill();

        await ProcessTable.IsGoneAsync(started);
        await ProcessTable.NoneIsLeftAsync(mark);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_lifeline_that_ends_at_once_ends_the_program_too()
    {
        for (var i = 0; i < 5; i++)
        {
            var mark = Scripted.NewMark();
            using var shell = new RawShell(Scripted.Fenced(["sleep", mark]));

            shell.Process.StandardInput.Close();

            await shell.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
            ProcessTable.Count($"^sleep {mark}$").ShouldBe(0);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_list_that_comes_cut_is_not_taken_for_whole()
    {
        var mark = Scripted.NewMark();
        var whole = Scripted.Fenced(Scripted.Sh($"cat >/dev/null; echo whole; : {mark}"), new byte[1000]);
        using var shell = new RawShell(whole with { Input = whole.Input[..999], IsFenced = false });

        shell.Process.StandardInput.Close();

        (await shell.Process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("whole");
        await ProcessTable.NoneIsLeftAsync(mark);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("mover=$!")]
    [InlineData("signer=$!")]
    [InlineData("runner=$!")]
    public async Task Nothing_holds_the_output_when_the_end_comes_between_a_start_and_the_note_of_its_process_id(string note)
    {
        var whole = Scripted.Fenced(Scripted.Sh("cat >/dev/null; echo whole"), new byte[1000], pulseSeconds: 2 * HangLimit / 1000);
        var text = Encoding.ASCII.GetString(whole.Body.Span);
        text.ShouldContain(note);
        using var shell = new RawShell(whole with { Body = Encoding.ASCII.GetBytes(text.Replace(note, $"sleep 1; {note}", StringComparison.Ordinal)), Input = whole.Input[..999], IsFenced = false });

        shell.Process.StandardInput.Close();

        (await shell.Process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("whole");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("INT")]
    public async Task A_signal_to_the_shell_ends_the_program(string signal)
    {
        var mark = Scripted.NewMark();
        using var shell = new RawShell(Scripted.Fenced(["/bin/sh", "-c", $"echo started; exec sleep {mark}"]));
        while (await shell.Process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) != "started")
        {
        }

        QSplit.Testing.Tool.Read("kill", $"-{signal}", $"{shell.Process.Id}");

        await shell.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        shell.Process.ExitCode.ShouldBe(128 + 15);
        ProcessTable.Count($"^sleep {mark}$").ShouldBe(0);
    }
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using QSplit.Processes;

namespace QSplit.Tests.Processes;

public sealed class SupervisorSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task Arguments_arrive_as_they_are()
    {
        string[] words = ["two words", "'", "\"", "a\nb", "$(x)", "", "*", "\\", "-x", "\t", "Grüße 🎬", "trailing "];

        var said = await Said.ByAsync(DummyProgram.Command(["echo", .. words]));

        said.Output.Select(line => line == "-" ? "" : Encoding.UTF8.GetString(Convert.FromHexString(line))).ShouldBe(words);
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_environment_is_what_was_given_and_nothing_else()
    {
        Environment.GetEnvironmentVariable("PATH").ShouldNotBeNullOrEmpty();
        var given = ImmutableDictionary<string, string>.Empty.Add("ONE", "1").Add("TWO WORDS", "a b").Add("LC_ALL", "C");

        var said = await Said.ByAsync(DummyProgram.Command("environment") with { Environment = given });

        said.Output.Order().ShouldBe(given.Select(v => $"{v.Key}={v.Value}").Order());
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_program_may_fill_both_outputs_at_once()
    {
        const int Megabytes = 100;
        var (output, errors) = (0L, 0L);

        var result = await new Supervisor(TimeProvider.System, TimeSpan.FromSeconds(1)).RunAsync(
            DummyProgram.Command("flood", $"{Megabytes}"), line => output += line.Length + 1, line => errors += line.Length + 1, TestContext.Current.CancellationToken);

        result.ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(0), r => r.WasInterrupted.ShouldBeFalse());
        (output, errors).ShouldBe((Megabytes * 1_000_000, Megabytes * 1_000_000));
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000_000)]
    public async Task A_program_gets_its_input_whole_even_when_it_talks_first(int length)
    {
        var input = new byte[length];
        new Random(1).NextBytes(input);

        var said = await Said.ByAsync(DummyProgram.Command("flood-then-digest", "5") with { Input = input });

        said.Output[^1].ShouldBe($"{length} {Convert.ToHexString(SHA256.HashData(input))}");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_program_need_not_read_its_input()
    {
        var said = await Said.ByAsync(DummyProgram.Command("exit", "5") with { Input = new byte[10_000_000] });

        said.Result.ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(5), r => r.WasInterrupted.ShouldBeFalse());
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(true, "open")]
    [InlineData(false, "closed")]
    public async Task Standard_input_stays_open_behind_the_input_when_it_is_to_be_held(bool hold, string state)
    {
        var said = await Said.ByAsync(DummyProgram.Command("held", "3", hold ? "500" : "-1") with { Input = new byte[3], HoldInput = hold });

        said.Output.ShouldBe([state]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_program_that_is_not_there_is_named_and_so_is_what_to_do()
    {
        var failure = await Should.ThrowAsync<StorageException>(() => Said.ByAsync(DummyProgram.Command() with { Executable = "no-such-program" }));

        failure.Message.ShouldStartWith("no-such-program cannot be started: ");
        failure.Message.ShouldEndWith("Is it installed, and its folder on PATH?");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    public async Task I_get_the_exit_code(int code) => (await Said.ByAsync(DummyProgram.Command("exit", $"{code}"))).Result.ExitCode.ShouldBe(code);

    [Fact(Timeout = HangLimit)]
    public async Task A_line_ends_at_a_line_feed_or_a_carriage_return_however_the_bytes_come()
    {
        // "one\rtwo\r\nGrüße 🎬\n\nlast", with a pause within a line, within the ü, within the 🎬 and between CR and LF.
        string[] pieces = ["6F6E", "65", "0D74776F0D", "0A4772C3", "BCC39F6520F09F", "8EAC0A0A6C617374"];

        var said = await Said.ByAsync(DummyProgram.Command(["pieces", .. pieces]));

        said.Output.ShouldBe(["one", "two", "Grüße 🎬", "last"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task When_nobody_can_listen_any_more_the_program_is_ended_and_I_hear_why()
    {
        var lines = 0;

        var failure = await Should.ThrowAsync<IOException>(() => Said.ByAsync(DummyProgram.Command("flood", "100"), heard: _ =>
        {
            if (++lines == 10) throw new IOException("No space left on device");
        }));

        failure.Message.ShouldBe("No space left on device");
        lines.ShouldBe(10);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_grandchild_that_keeps_the_outputs_open_does_not_hold_me_for_ever()
    {
        var said = await Said.ByAsync(DummyProgram.Command("leave-behind"));

        said.Result.ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(0), r => r.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(4)));
        Kill(said.Output.ShouldHaveSingleItem());
    }

    [Fact]
    public void A_command_is_printed_as_I_could_type_it() =>
        (DummyProgram.Command() with { Executable = "rsync", Arguments = ["--exclude=*.tmp", "--", "/mnt/it's/", ""] }).ToString()
            .ShouldBe("""rsync '--exclude=*.tmp' -- '/mnt/it'\''s/' ''""");

    internal static void Kill(string childLine) => System.Diagnostics.Process.GetProcessById(int.Parse(childLine["child ".Length..])).Kill();
}

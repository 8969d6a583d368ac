using System.Collections.Immutable;
using System.Security.Cryptography;
using QSplit.Processes;
using QSplit.Scripts;
using QSplit.Tests.Scripts;
using QSplit.Transports;
using QSplit.Trees;

namespace QSplit.Tests.Transports;

/// <summary>The same script does the same on this machine (0) and over ssh (2).</summary>
public sealed class TransportSpecs(LoopbackHosts ways) : IClassFixture<LoopbackHosts>
{
    [Theory(Timeout = HangLimit)]
    [InlineData(0, "this machine")]
    [InlineData(2, "127.0.0.2:")]
    public async Task A_script_runs_and_says_how_it_ended(int way, string place)
    {
        var heard = await Heard.ByAsync(ways.To(way), Scripted.Lines("echo out; echo err >&2; say a word; printf 'no end of line'; exit 7"));
        var fell = await Heard.ByAsync(ways.To(way), Scripted.Lines("say one; (exit 5)"));

        ways.To(way).Place.ShouldContain(place);
        heard.ShouldSatisfyAllConditions(h => h.Output.ShouldBe(["out", "no end of line"]), h => h.Errors.ShouldBe(["err"]), h => h.Said.ShouldBe(["a word"]));
        heard.End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(7), e => e.Began.ShouldBeTrue(), e => e.IsKnown.ShouldBeFalse());
        fell.End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(5), e => e.IsKnown.ShouldBeTrue(), e => e.IsLoose.ShouldBeFalse(), e => e.Words.ShouldBeEmpty());
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_list_arrives_whole_and_all_that_is_said_comes_back(int way)
    {
        var list = new byte[1_000_000];
        new Random(1).NextBytes(list);

        var heard = await Heard.ByAsync(ways.To(way), Scripted.Fenced(Scripted.Sh("sha256sum; seq 100000; seq 100000 >&2; exit 24"), list));

        heard.Output[0].ShouldBe($"{Convert.ToHexStringLower(SHA256.HashData(list))}  -");
        (heard.Output.Length, heard.Errors.Length, heard.Errors[^1]).ShouldBe((100_001, 100_000, "100000"));
        heard.End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(24), e => e.IsKnown.ShouldBeTrue());
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Any_name_reaches_a_script_and_a_program_as_it_is(int way)
    {
        byte[][] names = ["it's"u8.ToArray(), "a\nb"u8.ToArray(), [0xff, 0xfe, (byte)'x'], "$(id)`id`\\\"*"u8.ToArray(), "-n"u8.ToArray(), " "u8.ToArray(), "end\n"u8.ToArray(), "Grüße 🎬"u8.ToArray()];
        var paths = names.Select(name => EntryPath.Root.Combine(name)).ToList();
        var script = new ScriptText().Parameters(paths).Line("""for name; do printf '%s\0' "$name"; done | od -An -tx1 -v""");

        var heard = await Heard.ByAsync(ways.To(way), Script.Of(script));

        Bytes(heard.Output).ShouldBe(names.SelectMany(name => (byte[])[.. name, 0]));
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Variables_that_change_what_programs_mean_are_gone(int way)
    {
        var heard = await Heard.ByAsync(ways.To(way), Scripted.Lines("env | grep -E '^(RSYNC|LC_|LANG)'; true"));

        heard.Output.ShouldBe(["LC_ALL=C"]);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task An_interruption_is_in_good_order_and_last_words_are_heard(int way)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var heard = await Heard.ByAsync(
            ways.To(way), Scripted.Fenced(Scripted.Sh("""trap 'echo ended in order; echo last >&2; exit 20' TERM; echo ready; while :; do sleep 0.1; done""")), source.Token, _ => source.Cancel());

        heard.ShouldSatisfyAllConditions(h => h.Output.ShouldBe(["ready", "ended in order"]), h => h.Errors[^1].ShouldBe("last"));
        heard.End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(20), e => e.IsKnown.ShouldBeTrue(), e => e.IsLoose.ShouldBeFalse(), e => e.WasInterrupted.ShouldBeTrue());
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(4)]
    public async Task A_program_that_has_ended_is_not_waited_for_any_longer(int way)
    {
        using var waits = new RecordedSleeps();
        var transport = way == 0 ? new LocalTransport(new ScriptRun(new Supervisor(TimeProvider.System, Hang), waits.Environment)) : ways.To(way);
        if (way != 0) waits.InstallOn(ways.Hosts[way]);

        for (var i = 0; i < 3; i++) await Heard.ByAsync(transport, Scripted.Fenced(Scripted.Sh("sleep 0.3"), pulseSeconds: 77));

        // The fence itself waits for the next look for a sign of life, and for nothing else.
        waits.Seconds.Where(seconds => seconds is not ("0.3" or "77")).ShouldBeEmpty();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task What_is_cancelled_already_is_not_sent(int way)
    {
        var heard = await Heard.ByAsync(ways.To(way), Scripted.Lines("echo out"), new CancellationToken(canceled: true));

        heard.Output.ShouldBeEmpty();
        heard.End.ShouldSatisfyAllConditions(e => e.WasInterrupted.ShouldBeTrue(), e => e.Began.ShouldBeFalse(), e => e.IsLoose.ShouldBeFalse());
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_has_programs_of_its_own()
    {
        var transport = ways.To(2);
        ways.Hosts[2].Program("only-here", "echo here");

        (await Heard.ByAsync(transport, Scripted.Fenced(["only-here"]))).Output.ShouldBe(["here"]);
    }

    private static byte[] Bytes(ImmutableArray<string> dump) => Convert.FromHexString(string.Concat(dump).Replace(" ", "", StringComparison.Ordinal));
}

using System.Text.Json.Nodes;
using QSplit.Manifests;
using QSplit.Notices;
using QSplit.Runs;
using QSplit.Testing;

namespace QSplit.Tests.Notices;

/// <summary>What a program that is told gets, and what is said of one that does not take it.</summary>
public sealed class ToldProgramSpecs : IDisposable
{
    private static readonly Notice Failure = new(
        NotifyOn.Failure, "music", "music/202611221730", RunMode.Repair, new DateTimeOffset(2026, 11, 22, 17, 30, 0, TimeSpan.Zero), "music: 'it' \"failed\" ☃ $(reboot)")
    {
        Bytes = 5_000_000_000,
        Files = 7,
        BucketsDone = 3,
        BucketsLeft = 1,
        Next = "./build.sh --target=Verify --migration=music --repair",
        Report = "/runs/music/202611221730/report.html",
    };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task It_gets_all_as_JSON_the_main_parts_as_variables_and_nothing_as_arguments()
    {
        (await TellAsync($"cd '{_folder.Path}'; cat >json; printf '%s|' \"$QSPLIT_EVENT\" \"$QSPLIT_MIGRATION\" \"$QSPLIT_RUN\" \"$QSPLIT_TEXT\" \"$#\" >variables")).ShouldBeNull();

        JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(_folder["json"])), JsonNode.Parse("""
            {
              "event": "failure", "migration": "music", "run": "music/202611221730", "mode": "repair", "when": "2026-11-22T17:30:00+00:00",
              "text": "music: 'it' \"failed\" ☃ $(reboot)", "bytes": 5000000000, "files": 7, "bucketsDone": 3, "bucketsLeft": 1,
              "next": "./build.sh --target=Verify --migration=music --repair", "report": "/runs/music/202611221730/report.html"
            }
            """)).ShouldBeTrue(File.ReadAllText(_folder["json"]));
        File.ReadAllText(_folder["variables"]).ShouldBe("failure|music|music/202611221730|music: 'it' \"failed\" ☃ $(reboot)|0|");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("exit 0", null)]
    [InlineData("exit 3", "exited 3")]
    [InlineData("cat >/dev/null; echo 'no mail today' >&2; exit 1", "exited 1 (no mail today)")]
    public async Task What_it_makes_of_that_is_told_in_a_few_words(string shell, string? why)
    {
        (await TellAsync(shell)).ShouldBe(why);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("exec sleep 36000")]
    [InlineData("trap '' TERM; while :; do sleep 0.1; done")]
    public async Task One_that_does_not_end_is_ended(string shell)
    {
        (await TellAsync(shell, TimeSpan.FromSeconds(0.5))).ShouldBe("did not end within 0.5 s");
    }

    [Fact(Timeout = HangLimit)]
    public async Task One_that_is_not_there_is_told()
    {
        (await new ToldProgram(TimeProvider.System, DummyProgram.Environment).TellAsync([_folder["tell"]], Failure, TestContext.Current.CancellationToken))
            .ShouldNotBeNull().ShouldStartWith($"could not be started: {_folder["tell"]} cannot be started: No such file or directory");
    }

    private static Task<string?> TellAsync(string shell, TimeSpan? limit = null) =>
        new ToldProgram(TimeProvider.System, DummyProgram.Environment) { Limit = limit ?? Hang }.TellAsync(["/bin/sh", "-c", shell], Failure, TestContext.Current.CancellationToken);
}

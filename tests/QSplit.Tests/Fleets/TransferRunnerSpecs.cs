using System.Collections.Immutable;
using QSplit.Fleets;
using QSplit.Processes;
using QSplit.Runs;
using QSplit.Testing;
using QSplit.Tests.Transfers;
using QSplit.Transfers;
using QSplit.Transports;
using QSplit.Trees;

namespace QSplit.Tests.Fleets;

/// <summary>One attempt, with the real rsync or with a shell script in its place.</summary>
public sealed class TransferRunnerSpecs : IDisposable
{
    private readonly TwoTrees _trees = new();
    private readonly TemporaryFolder _folder = new();
    private ImmutableDictionary<string, string> _environment = DummyProgram.Environment;

    private TimeSpan Stall { get; set; } = TimeSpan.FromMinutes(10);

    private string Log => File.ReadAllText(_folder["logs/17.3.log"]);

    [Fact(Timeout = HangLimit)]
    public async Task An_attempt_copies_and_its_log_says_what_was_started_and_how_it_ended()
    {
        _trees.File("tree/file");
        _trees.Age();

        var transferred = await MoveAsync("tree");

        transferred.Outcome.ShouldBe(new TransferOutcome.Succeeded(0));
        transferred.Moved.Files.ShouldBe(1);
        TreeComparison.Differences(Path.Combine(_trees.Source, "tree"), Path.Combine(_trees.Target, "tree")).ShouldBeEmpty();
        Log.ShouldStartWith("$ rsync ");
        Log.ShouldContain($"--files-from=- -- {_trees.Source}/ {_trees.Target}/   # on this machine, a list of 7 bytes on standard input\n");
        Log.ShouldContain("Number of regular files transferred: 1\n");
        Log.ShouldContain("# exit 0, ");
        Log.ShouldNotContain("%");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Rsync_has_a_clean_environment()
    {
        Rsync("env");
        _environment = _environment.Add("RSYNC_OLD_ARGS", "1").Add("RSYNC_RSH", "evil").Add("LC_MESSAGES", "de_DE.UTF-8").Add("LANG", "de_DE.UTF-8").Add("LANGUAGE", "de").Add("HOME", "/home/mover");

        await MoveAsync("tree");

        Log.ShouldContain("LC_ALL=C\n");
        Log.ShouldContain("HOME=/home/mover\n");
        Log.ShouldNotContain("RSYNC_");
        Log.ShouldNotContain("LANG");
        Log.ShouldNotContain("LC_MESSAGES");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_is_not_the_planned_tree_is_not_touched_and_nor_is_the_target()
    {
        var transferred = await MoveAsync("tree", witnesses: ["tree", "other"]);

        transferred.Outcome.ShouldBeOfType<TransferOutcome.HostUnfit>().Message.ShouldStartWith($"{_trees.Source} is not the tree that was planned: 2 of 2 ");
        Directory.Exists(_trees.Target).ShouldBeFalse();
        Log.ShouldContain("# exit 96, ");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_source_that_went_away_meanwhile_makes_nothing_done()
    {
        _trees.File("tree/file");
        Rsync($"""rm -r '{_trees.Source}/tree'; echo 'file has vanished: "{_trees.Source}/tree/file"' >&2; exit 24""");

        (await MoveAsync("tree", witnesses: ["tree"])).Outcome.ShouldBeOfType<TransferOutcome.HostUnfit>();
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_attempt_that_is_interrupted_is_ended_and_says_nothing_about_the_bucket()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Rsync("""printf '      32768  10%%    1.00MB/s    0:00:01\r'; exec sleep 36000""");

        var transferred = await MoveAsync("tree", progress: _ => source.Cancel(), cancellationToken: source.Token);

        transferred.Outcome.ShouldBe(new TransferOutcome.Interrupted());
        Log.ShouldContain(", interrupted, ");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_rsync_that_heard_Ctrl_C_before_this_program_did_was_interrupted_and_one_that_somebody_killed_was_not(bool heard)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Rsync($"touch '{_folder["ended"]}'; exit 20");

        var moving = MoveAsync("tree", cancellationToken: source.Token, hearing: heard ? Hang : TimeSpan.Zero);
        while (!File.Exists(_folder["ended"])) await Task.Delay(10, TestContext.Current.CancellationToken);
        if (heard) await source.CancelAsync();

        (await moving).Outcome.ShouldBeOfType(heard ? typeof(TransferOutcome.Interrupted) : typeof(TransferOutcome.Transient));
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_rsync_without_a_sign_of_life_is_ended_and_its_bucket_tried_again()
    {
        Stall = TimeSpan.FromSeconds(3);
        Rsync("exec sleep 36000");

        var transferred = await MoveAsync("tree");

        transferred.Outcome.ShouldBe(new TransferOutcome.Transient(30, "no sign of life for 3 s"));
        transferred.Lost.ShouldBeFalse();
        Log.ShouldContain(", stalled, ");
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_rsync_that_says_nothing_and_works_is_let_be()
    {
        Stall = TimeSpan.FromSeconds(6);
        Rsync("timeout 8 sh -c 'while :; do :; done'; exit 0");

        (await MoveAsync("tree")).Outcome.ShouldBe(new TransferOutcome.Succeeded(0));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_machine_without_rsync_is_told_from_a_bucket_that_failed()
    {
        var bin = _folder.MakeDirectory("bin");
        foreach (var tool in (string[])["sh", "head", "sleep", "env", "sed", "cat"]) File.CreateSymbolicLink(Path.Combine(bin, tool), Tool.Read("sh", "-c", $"command -v {tool}").Trim());
        _environment = _environment.SetItem("PATH", bin);

        (await MoveAsync("tree")).Outcome.ShouldBeOfType<TransferOutcome.HostUnfit>().Message.ShouldStartWith("rsync was not found");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_log_that_cannot_be_written_ends_the_attempt_instead_of_hanging_it()
    {
        Rsync("yes 'a line for the log'");
        Directory.CreateDirectory(_folder["logs"]);
        File.CreateSymbolicLink(_folder["logs/17.3.log"], "/dev/full");

        await Should.ThrowAsync<IOException>(() => MoveAsync("tree"));
    }

    public void Dispose()
    {
        _trees.Dispose();
        _folder.Dispose();
    }

    private void Rsync(string script)
    {
        var rsync = Path.Combine(_folder.MakeDirectory("bin"), "rsync");
        File.WriteAllText(rsync, "#!/bin/sh\n" + script + "\n");
        TwoTrees.SetMode(rsync, "755");
        _environment = _environment.SetItem("PATH", $"{_folder["bin"]}:{_environment["PATH"]}");
    }

    private Task<Transferred> MoveAsync(string path, string[]? witnesses = null, Action<long>? progress = null, CancellationToken? cancellationToken = null, TimeSpan hearing = default) =>
        new TransferRunner(TimeProvider.System, _folder["logs"]) { Hearing = hearing }.RunAsync(
            new Transfer(WorkUnit.OfBucket(17), 3, Pass.Baseline, RsyncRun.ListOf(path), _trees.Paths, [.. (witnesses ?? []).Select(EntryPath.Parse)], "a test") { Stall = Stall },
            new LocalTransport(new ScriptRun(new Supervisor(TimeProvider.System, TimeSpan.FromSeconds(10)), _environment)),
            progress ?? (_ => { }),
            cancellationToken ?? TestContext.Current.CancellationToken);
}

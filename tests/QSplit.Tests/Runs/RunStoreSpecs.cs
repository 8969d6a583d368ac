using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using QSplit.Runs;
using QSplit.Testing;
using QSplit.Transfers;

namespace QSplit.Tests.Runs;

public sealed class RunStoreSpecs : IDisposable
{
    private static readonly RunTerms Terms = new("/mnt/old", "/mnt/new", "--acls leaveOut:.snapshot*");
    private static readonly RunEvent.Started Begun = new("music", "music/202611221730", Terms, 3);
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    private string Store => _folder["artifacts/qsplit.db"];

    public static TheoryData<RunEvent> Events =>
    [
        Begun,
        Begun with { Mode = RunMode.DryRun, Digest = "ab12" },
        new RunEvent.Equipped("QSplit 0.1.0", ImmutableSortedDictionary<string, string>.Empty.Add("dtn1", "rsync 3.2.7")),
        new RunEvent.Resumed("process 1 on dtn1"),
        new RunEvent.AttemptStarted(WorkUnit.OfBucket(2), 3, "dtn1", 4, 5),
        new RunEvent.AttemptStarted(WorkUnit.Open, 1, "here", 1, 0),
        new RunEvent.AttemptEnded(WorkUnit.OfBucket(2), 3, new TransferOutcome.Succeeded(7), new Moved(1, 2, 3), 4.5),
        new RunEvent.AttemptEnded(WorkUnit.Seal, 1, new TransferOutcome.Partial([new(@"./a\#012b ""c"" é", "Permission denied (13)"), new("./d", "x")], true), default, 0),
        new RunEvent.AttemptEnded(WorkUnit.OfBucket(1), 1, new TransferOutcome.NoSpace("full\nvery full"), default, 0.001),
        new RunEvent.AttemptEnded(WorkUnit.OfBucket(1), 1, new TransferOutcome.DeleteLimit("many"), default, 0),
        new RunEvent.AttemptEnded(WorkUnit.OfBucket(1), 1, new TransferOutcome.Refused(1, "no"), default, 0),
        new RunEvent.AttemptEnded(WorkUnit.OfBucket(1), 1, new TransferOutcome.Transient(255, "ssh failed"), default, 0, Lost: true),
        new RunEvent.AttemptEnded(WorkUnit.OfBucket(1), 1, new TransferOutcome.HostUnfit("no rsync"), default, 0),
        new RunEvent.HostSetAside("dtn1", "Connection refused"),
        new RunEvent.HostReturned("dtn1"),
        new RunEvent.AttemptEnded(WorkUnit.OfBucket(1), 1, new TransferOutcome.Interrupted(), default, 0),
        new RunEvent.Stopped("interrupted"),
        new RunEvent.Finished(),
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void Each_kind_of_event_comes_back_as_it_was(RunEvent happened)
    {
        using (var store = Open())
        {
            store.Append(Begun.Folder, Begun);
            store.Append(Begun.Folder, happened);
        }

        using var again = Open();
        var expected = RunState.Begin(Begun.Folder, Begun).After(happened);
        var run = again.Load(Begun.Folder).ShouldNotBeNull();
        run.Started.ShouldBe(Begun);
        run.Buckets.ShouldBe(expected.Buckets);
        (run.Open, run.Seal, run.IsFinished, run.StopReason).ShouldBe((expected.Open, expected.Seal, expected.IsFinished, expected.StopReason));
        run.SetAside.ShouldBe(expected.SetAside);
        run.Equipment?.Movers.ShouldBe(expected.Equipment?.Movers);
        again.EventsOf(Begun.Folder).Select(e => (e.At, e.Happened.GetType())).ShouldBe([(_time.GetUtcNow(), Begun.GetType()), (_time.GetUtcNow(), happened.GetType())]);
    }

    [Fact]
    public void Every_kind_of_event_and_outcome_is_among_them()
    {
        var events = Events.Select(row => row.Data).ToList();
        events.Select(e => e.GetType()).Distinct().Count().ShouldBe(typeof(RunEvent).GetNestedTypes().Length);
        events.OfType<RunEvent.AttemptEnded>().Select(e => e.Outcome.GetType()).Distinct().Count().ShouldBe(typeof(TransferOutcome).GetNestedTypes().Length);
    }

    [Fact]
    public void The_runs_of_a_migration_are_told_the_newest_first()
    {
        using var store = Open();
        foreach (var run in (string[])["music/1", "film/1", "music/2", "music/3"])
        {
            store.Append(run, Begun with { Migration = run.Split('/')[0] });
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        store.Append("music/1", new RunEvent.Resumed("late"));

        store.RunsOf("music").ShouldBe(["music/3", "music/2", "music/1"]);
        store.RunsOf("sound").ShouldBeEmpty();
        store.Load("music/4").ShouldBeNull();
    }

    [Fact]
    public void Runs_that_copy_are_told_apart_from_those_that_only_look()
    {
        using var store = Open();
        foreach (var (run, mode) in (ReadOnlySpan<(string, RunMode)>)[("music/1", RunMode.Copy), ("music/2", RunMode.DryRun), ("film/1", RunMode.DryRun), ("music/3", RunMode.Copy)])
        {
            store.Append(run, Begun with { Migration = run.Split('/')[0], Mode = mode });
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        store.RunsOf("music").ShouldBe(["music/3", "music/1"]);
        store.RunsOf("music", RunMode.DryRun).ShouldBe(["music/2"]);
        store.AllRunsOf("music").ShouldBe(["music/3", "music/2", "music/1"]);
        store.AllRunsOf("film", "music", "sound").ShouldBe(["music/3", "film/1", "music/2", "music/1"]);
    }

    [Fact]
    public void A_run_of_a_program_before_there_were_modes_copies()
    {
        using var store = Open();
        store.Append("music/1", Begun);
        Sql("UPDATE events SET data = json_remove(data, '$.mode', '$.digest')");

        store.RunsOf("music").ShouldBe(["music/1"]);
        store.RunsOf("music", RunMode.DryRun).ShouldBeEmpty();
        store.Load("music/1").ShouldNotBeNull().Started.ShouldBe(Begun);
    }

    [Fact]
    public void Events_are_told_with_their_times()
    {
        using var store = Open();
        var begun = _time.GetUtcNow();
        store.Append("music/1", Begun);
        _time.Advance(TimeSpan.FromMilliseconds(1234));
        store.Append("music/1", new RunEvent.Finished());

        store.EventsOf("music/1").ShouldBe([new(begun, Begun), new(begun.AddMilliseconds(1234), new RunEvent.Finished())]);
        store.EventsOf("music/2").ShouldBeEmpty();
    }

    [Fact]
    public void A_store_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        Open().Dispose();
        Sql("PRAGMA user_version = 2");

        Should.Throw<StorageException>(Open).Message.ShouldBe($"The run store {Store} is of version 2; this program knows version 1. Use the newer program that wrote it.");
        Sql("PRAGMA user_version = 2").ShouldBeNull();
    }

    [Fact]
    public void A_file_that_is_no_store_is_refused_with_what_to_do()
    {
        Directory.CreateDirectory(_folder["artifacts"]);
        File.WriteAllText(Store, new string('x', 5000));

        Should.Throw<StorageException>(Open).Message.ShouldSatisfyAllConditions(m => m.ShouldStartWith($"The run store {Store} cannot be used: "), m => m.ShouldContain("not a database"), m => m.ShouldEndWith("Move it away to start without the memory of earlier runs."));
        File.ReadAllText(Store).ShouldBe(new string('x', 5000));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused()
    {
        File.WriteAllText(_folder["artifacts"], "a file");

        Should.Throw<StorageException>(Open).Message.ShouldStartWith($"The run store {Store} cannot be used: ");
    }

    [Fact]
    public void An_event_that_is_none_is_said_and_not_taken_for_a_bug()
    {
        using var store = Open();
        store.Append("music/1", Begun);
        Sql("""UPDATE events SET data = '{"kind":"invented"}' WHERE run = 'music/1'""");

        Should.Throw<StorageException>(() => store.Load("music/1")).Message.ShouldStartWith($"The run store {Store} has an event in it that is none: ");
    }

    [Fact]
    public void A_disk_that_is_full_is_said_and_what_was_there_stays()
    {
        Assert.SkipUnless(ByteFiles.IsRoot, "Only root can mount a small file system.");
        var disk = Path.GetDirectoryName(Store)!;
        Directory.CreateDirectory(disk);
        Assert.SkipWhen(Tool.Run("mount", "-t", "tmpfs", "-o", "size=500k", "tmpfs", disk).ExitCode != 0, "This system lets no small file system be mounted.");
        try
        {
            using var store = Open();
            store.Append("music/1", Begun);

            var failure = Should.Throw<StorageException>(() =>
            {
                for (var i = 0; i < 1000; i++) store.Append("music/1", new RunEvent.Stopped(new string('x', 1000)));
            });

            failure.Message.ShouldStartWith($"The run store {Store} can no longer be used: SQLite Error ");
            store.Load("music/1").ShouldNotBeNull().Started.ShouldBe(Begun);
        }
        finally
        {
            Tool.Read("umount", disk);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task Several_controllers_may_make_and_use_one_store_at_once()
    {
        const int Each = 25;
        var others = Enumerable.Range(1, 6).Select(i => DummyProgram.Start("append", Store, $"music/{i}", $"{Each}")).ToList();
        foreach (var other in others)
        {
            await other.WaitForExitAsync(TestContext.Current.CancellationToken);
            other.ExitCode.ShouldBe(0);
            other.Dispose();
        }

        using var store = Open();
        store.RunsOf("music").Count.ShouldBe(6);
        for (var i = 1; i <= 6; i++) store.Load($"music/{i}").ShouldNotBeNull().StopReason.ShouldBe($"{Each - 1}");
        Sql("SELECT count(*) FROM events").ShouldBe($"{6 * Each}");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_controller_that_is_killed_leaves_a_store_with_all_that_it_had_appended()
    {
        using var other = DummyProgram.Start("append", Store, "music/1", "1000000");
        using var store = Open();
        while (store.Load("music/1")?.StopReason is null) await Task.Delay(20, TestContext.Current.CancellationToken);

        other.Kill();
        await other.WaitForExitAsync(TestContext.Current.CancellationToken);

        var last = int.Parse(store.Load("music/1").ShouldNotBeNull().StopReason.ShouldNotBeNull());
        Sql("SELECT max(seq) FROM events").ShouldBe($"{last + 1}");
        store.Append("music/1", new RunEvent.Finished());
        store.Load("music/1").ShouldNotBeNull().IsFinished.ShouldBeTrue();
    }

    public void Dispose() => _folder.Dispose();

    private RunStore Open() => RunStore.Open(Store, _time);

    private string? Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}

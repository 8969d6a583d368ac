using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;
using QSplit.Tests.Transfers;
using QSplit.Transfers;
using QSplit.Verifications;

namespace QSplit.Tests.Stages;

/// <summary>One entry that cannot be copied becomes a named exception. It blocks nothing but the sign-off, and somebody can accept it.</summary>
public sealed class ExceptionSpecs : IDisposable
{
    /// <remarks>A comparison that could not read something looks for nothing that is only on the target, unless that is left out of it.</remarks>
    [Theory(Timeout = HangLimit)]
    [InlineData("d0/sub", "rsync: [sender] opendir \"{0}\" failed: Input/output error (5)", "readError")]
    [InlineData("d0/sub", "rsync: [sender] opendir \"{0}\" failed: Permission denied (13)", "permission")]
    public async Task What_cannot_be_read_can_be_accepted_and_all_else_is_compared(string path, string message, string of)
    {
        using var site = new VerifiedSite();
        for (var i = 0; i < 6; i++) site.AddFile($"d{i / 3}/f{i}", 100 + i);
        site.AddFile("d0/sub/f", 10);
        site.WriteManifest(2);
        var entries = new ShutEntries(site, compares: true);
        entries.Shut(path, message);
        await site.MigrateAsync();
        File.WriteAllText(site["target/d0/extra"], "");

        var verified = await site.VerifyAsync();

        verified.Run.IsFinished.ShouldBeTrue(verified.HowToGoOn);
        VerifiedSite.Names(verified, DifferenceKind.Unread).ShouldBe([$"./{path}"]);
        VerifiedSite.Names(verified, DifferenceKind.Extra).ShouldBe(["./d0/extra"]);
        (await site.CutoverAsync()).Cutover.IsSignedOff.ShouldBeFalse();
        var ended = await site.CutoverAsync(frozen: null, accept: of, by: "Ada");
        ended.Cutover.IsSignedOff.ShouldBeTrue(ended.HowToGoOn);
        File.Exists(site["target/d0/extra"]).ShouldBeFalse();
    }

    private const string Words = "1 entry could not be copied (1 permission), first ./a/bad (Permission denied (13))";
    private readonly VerifiedSite _site = new();

    public ExceptionSpecs()
    {
        for (var i = 0; i < 10; i++) _site.AddFile($"{(i < 5 ? "a" : "b")}/f{i}", 1000 + i);
        _site.AddFile("a/bad", 50);
        var rsync = Tool.Read("sh", "-c", "command -v rsync").Trim();
        var wrapper = Path.Combine(_site.MakeDirectory("bin"), "rsync");
        // A real rsync, and a file that it cannot read as long as there is a file 'shut', which has the message. What only compares need not read it.
        File.WriteAllText(wrapper, $"""
            #!/bin/sh
            case " $* " in *" --dry-run "*) exec {rsync} "$@";; *" --files-from=- "*) ;; *) exec {rsync} "$@";; esac
            [ -e '{_site["shut"]}' ] || exec {rsync} "$@"
            grep -q a/bad '{_site["shut"]}' && set -- --exclude=/a/bad "$@"
            {rsync} "$@"; code=$?
            cat '{_site["shut"]}' >&2
            [ $code = 0 ] && code=23
            exit $code
            """);
        TwoTrees.SetMode(wrapper, "755");
        Shut();
        _site.Environment = _site.Environment.SetItem("PATH", $"{_site["bin"]}:{_site.Environment["PATH"]}");
        _site.WriteManifest(3);
    }

    public void Dispose() => _site.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task It_is_named_with_its_class_and_all_else_is_copied_synced_and_verified()
    {
        var copied = await _site.MigrateAsync();
        File.AppendAllText(_site["source/b/f7"], "more");
        var synced = await _site.SyncAsync();
        var verified = await _site.VerifyAsync();

        (copied.Run.IsFinished, copied.IsWithExceptions).ShouldBe((true, true));
        copied.Run.Exceptions.ShouldBe([new("./a/bad", "Permission denied (13)") { Class = ExceptionClass.Permission }]);
        copied.HowToGoOn.ShouldStartWith($"{Words}. All else is done. Run rsync as a user who may read");
        (synced.Run.IsFinished, synced.IsWithExceptions).ShouldBe((true, true));
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBe(["./a/bad: missing on the right"]);
        VerifiedSite.Names(verified, DifferenceKind.Missing).ShouldBe(["./a/bad"]);
        verified.Run.Checked.Found.ShouldHaveSingleItem();
    }

    // rsync can neither rename nor remove its temporary file there.
    [Fact(Timeout = HangLimit)]
    public async Task In_an_append_only_directory_of_the_target_temporary_files_do_not_pile_up()
    {
        File.Delete(_site["shut"]);
        await _site.MigrateAsync();
        Assert.SkipUnless(Tool.Run("chattr", "+a", _site["target/a"]).ExitCode == 0, "Needs root, and a file system with append-only directories.");
        try
        {
            File.AppendAllText(_site["source/a/f1"], "more");
            await _site.SyncAsync();
            var before = Directory.GetFiles(_site["target/a"]).Length;

            var synced = await _site.SyncAsync();

            // The time of the directory cannot be set, either.
            synced.Run.Exceptions.Select(entry => (entry.Path, entry.Class)).ShouldBe([("./a", ExceptionClass.Permission), ("./a/f1", ExceptionClass.Permission)]);
            synced.Run.Exceptions[1].Reason.ShouldContain("append-only (chattr +a)");
            Directory.GetFiles(_site["target/a"]).Length.ShouldBe(before);
        }
        finally
        {
            Tool.Read("chattr", "-a", _site["target/a"]);
        }
        (await _site.SyncAsync()).IsWithExceptions.ShouldBeFalse();
        File.ReadAllBytes(_site["target/a/f1"]).ShouldBe(File.ReadAllBytes(_site["source/a/f1"]));
    }

    [Fact(Timeout = HangLimit)]
    public async Task It_is_tried_again_by_the_same_command_and_by_the_next_pass()
    {
        (await _site.MigrateAsync()).IsWithExceptions.ShouldBeTrue();
        File.Delete(_site["shut"]);

        var again = await _site.MigrateAsync(fresh: false);

        (again.Run.IsFinished, again.IsWithExceptions).ShouldBe((true, false));
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
        Shut();
        File.AppendAllText(_site["source/a/bad"], "more");
        (await _site.SyncAsync()).IsWithExceptions.ShouldBeTrue();
        File.Delete(_site["shut"]);
        (await _site.SyncAsync()).IsWithExceptions.ShouldBeFalse();
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_cutover_stops_at_it_until_somebody_accepts_it_on_record()
    {
        await _site.MigrateAsync();
        File.Delete(_site["source/a/f1"]);

        var stopped = await _site.CutoverAsync();

        stopped.Cutover.IsSignedOff.ShouldBeFalse();
        stopped.Stop.ShouldNotBeNull().ShouldStartWith(Words);
        File.Exists(_site["target/a/f1"]).ShouldBeTrue("nothing is deleted before that");
        var accepted = await _site.CutoverAsync(accept: "it is a core dump", by: "Ada Byron");
        accepted.Cutover.IsSignedOff.ShouldBeTrue(accepted.HowToGoOn);
        accepted.Cutover.Id.ShouldBe(stopped.Cutover.Id);
        var evidence = File.ReadAllText(Path.Combine(accepted.Folder, "evidence", "exceptions.json"));
        evidence.ShouldContain(Words);
        evidence.ShouldContain("All of that is among the 1 entry that could not be copied.");
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBe(["./a/bad: missing on the right"]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_else_differs_is_not_accepted_with_it()
    {
        await _site.MigrateAsync();
        await _site.CutoverAsync();
        VerifiedSite.Flip(_site["target/b/f6"]);

        var stopped = await _site.CutoverAsync(accept: "it is a core dump", by: "Ada Byron");

        stopped.Cutover.IsSignedOff.ShouldBeFalse();
        stopped.Stop.ShouldNotBeNull().ShouldContain("1 missing on the target, 1 other content");
    }

    /// <remarks>The owner of the directory could not be set. That says nothing of the files in it.</remarks>
    [Fact(Timeout = HangLimit)]
    public async Task An_accepted_attribute_of_a_directory_covers_no_difference_below_it()
    {
        File.WriteAllText(_site["shut"], $"rsync: [generator] chown \"{_site["target"]}/b\" failed: Operation not permitted (1)\n");
        (await _site.MigrateAsync()).Run.Exceptions.ShouldHaveSingleItem().Path.ShouldBe("./b");
        await _site.CutoverAsync();
        VerifiedSite.Flip(_site["target/b/f6"]);

        var stopped = await _site.CutoverAsync(accept: "the owner does not matter", by: "Ada Byron");

        stopped.Cutover.IsSignedOff.ShouldBeFalse();
        stopped.Stop.ShouldNotBeNull().ShouldContain("1 other content");
    }

    /// <remarks>The message is that of a full target, and the target is not full.</remarks>
    [Fact(Timeout = HangLimit)]
    public async Task A_small_file_system_inside_the_target_that_is_full_stops_only_what_lies_in_it()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a small file system.");
        File.Delete(_site["shut"]);
        // More than there are buckets: some bucket has two.
        string[] large = ["b/large0", "b/large1", "b/large2", "b/large3"];
        foreach (var name in large) _site.AddFile(name, 3_000_000);
        Tool.Read("mount", "-t", "tmpfs", "-o", "size=1m", "none", _site.MakeDirectory("target/b"));
        try
        {
            var copied = await _site.MigrateAsync();

            (copied.Run.IsFinished, copied.IsWithExceptions).ShouldBe((true, true));
            copied.HowToGoOn.ShouldNotContain("the target is full");
            // rsync gave up at one after the other, and each next attempt left out those before.
            copied.Run.Exceptions.Select(failure => (failure.Path, failure.Class)).ShouldBe(large.Select(name => ($"./{name}", ExceptionClass.Quota)));
            TreeComparison.Differences(_site["source/a"], _site["target/a"]).ShouldBeEmpty();
            Directory.GetFiles(_site["target/b"]).Length.ShouldBe(5);
        }
        finally
        {
            Tool.Read("umount", "-l", _site["target/b"]);
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_cutover_whose_exceptions_are_corrected_is_signed_off_without_an_acceptance()
    {
        await _site.MigrateAsync();
        await _site.CutoverAsync();
        File.Delete(_site["shut"]);

        var ended = await _site.CutoverAsync(frozen: null);

        (ended.Cutover.IsSignedOff, ended.Cutover.Accepted.IsEmpty).ShouldBe((true, true));
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task They_are_listed_by_class_with_a_file_of_all_names()
    {
        (await ErrorsAsync()).ShouldBe(["demo: no run yet"]);
        await _site.MigrateAsync();

        var lines = await ErrorsAsync();

        lines[0].ShouldEndWith($": {Words}");
        lines[1].ShouldBe($"  permission: 1 entry. {ExceptionClasses.Remedy(ExceptionClass.Permission)}");
        lines[2].ShouldBe("    ./a/bad: Permission denied (13)");
        File.ReadAllLines(lines[3]["  all names: ".Length..]).ShouldBe(["permission\tPermission denied (13)\t./a/bad"]);
        File.Delete(_site["shut"]);
        await _site.SyncAsync();
        (await ErrorsAsync()).ShouldHaveSingleItem().ShouldEndWith(": no entry is known by name that could not be copied");
        (await ErrorsAsync("all")).Length.ShouldBe(5);
    }

    /// <remarks>rsync reads such a file twice by itself.</remarks>
    [Fact(Timeout = HangLimit)]
    public async Task A_file_that_cannot_be_read_is_not_read_again_on_the_same_host()
    {
        var unreadable = $"rsync: [sender] read errors mapping \"{_site["source"]}/a/bad\": Input/output error (5)\nERROR: a/bad failed verification -- update discarded.\n";
        File.WriteAllText(_site["shut"], unreadable);

        var copied = await _site.MigrateAsync();

        copied.Run.Exceptions.ShouldBe([new("./a/bad", "Input/output error (5)") { Class = ExceptionClass.ReadError }]);
        copied.Run.Works.Max(work => work.State.Attempts).ShouldBe(1);
        Shut();
        File.AppendAllText(_site["shut"], unreadable.Replace("a/bad", "b/f7", StringComparison.Ordinal));
        var mixed = await _site.MigrateAsync();
        mixed.Run.Works.Max(work => work.State.Attempts).ShouldBe(2);
        var again = Directory.GetFiles(Path.Combine(mixed.Folder, "logs"), "*.2.log").Select(File.ReadAllText).ToList();
        again.ShouldNotBeEmpty();
        again.ShouldAllBe(log => log.Contains("--exclude=/b/f7") && !log.Contains("--exclude=/a/bad --exclude=/b"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_sync_that_leaves_only_files_that_changed_meanwhile_is_done_and_a_cutover_is_not()
    {
        File.Delete(_site["shut"]);
        await _site.MigrateAsync();
        File.AppendAllText(_site["source/a/bad"], "more");
        File.WriteAllText(_site["shut"], "ERROR: a/bad failed verification -- update discarded.\n");

        var synced = await _site.SyncAsync();

        (synced.IsWithExceptions, synced.IsLeftToNext).ShouldBe((true, true));
        synced.HowToGoOn.ShouldStartWith("1 file changed while it was read, ./a/bad: the next sync copies it. All else that changed is across, as of this pass.");
        var status = await _site.RunAsync(pipeline => pipeline.Status, new MigrationRequest("migrations.yml", [], null, [], false));
        (status.State, status.Words, status.IsWell).ShouldBe((RunStanding.Finished, "finished", true));
        status.Next.ShouldNotBeNull().ShouldStartWith("1 file changed while it was read, ./a/bad: the next sync copies it.");
        var stopped = await _site.CutoverAsync();
        stopped.Stop.ShouldNotBeNull().ShouldStartWith("1 entry could not be copied (1 changed), first ./a/bad");
    }

    private void Shut() => File.WriteAllText(_site["shut"], $"rsync: [sender] send_files failed to open \"{_site["source"]}/a/bad\": Permission denied (13)\n");

    private async Task<string[]> ErrorsAsync(string? run = null) =>
        [.. (await _site.RunAsync(pipeline => pipeline.Errors, new MigrationRequest("migrations.yml", [], null, [], false) { Run = run })).Lines()];
}

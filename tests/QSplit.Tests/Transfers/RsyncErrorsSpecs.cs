using QSplit.Transfers;

namespace QSplit.Tests.Transfers;

/// <summary>Messages that are hard to come by on purpose, in the words of rsync's source.</summary>
public sealed class RsyncErrorsSpecs
{
    private readonly HashSet<string> _source = ["./a", "./b c", "./d/.e", "./d/e"];

    [Theory]
    [InlineData("""rsync: [sender] send_files failed to open "/mnt/old/a": Permission denied (13)""", "./a", "Permission denied (13)")]
    [InlineData("""rsync: send_files failed to open "/mnt/old/b c": Permission denied (13)""", "./b c", "Permission denied (13)")]
    [InlineData("""rsync: [sender] send_files failed to open "/a" (in mnt): Permission denied (13)""", null, null)]
    [InlineData("""rsync: [generator] symlink "/mnt/new/a" -> "b" failed: Operation not permitted (1)""", "./a", "Operation not permitted (1)")]
    [InlineData("""rsync: [generator] symlink "/mnt/new/a" -> "b" -> "c" failed: Operation not permitted (1)""", "./a", "Operation not permitted (1)")]
    [InlineData("""rsync: [generator] symlink "/mnt/new/b c" -> "x" -> "c" failed: Operation not permitted (1)""", "./b c", "Operation not permitted (1)")]
    [InlineData("""rsync: [generator] symlink "/mnt/new/nothing" -> "b" -> "c" failed: Operation not permitted (1)""", null, null)]
    [InlineData("""rsync: [receiver] copy "/tmp/e.a1B2c3" -> "d/e": No space left on device (28)""", "./d/e", "No space left on device (28)")]
    [InlineData("""rsync: [generator] delete_file: rmdir(d/e) failed: Device or resource busy (16)""", "./d/e", "Device or resource busy (16)")]
    [InlineData("""rsync: [sender] readdir("/mnt/old/d"): Too many levels of symbolic links (40)""", "./d", "its listing breaks off, the file server repeats itself (a readdir loop): Too many levels of symbolic links (40)")]
    [InlineData("""rsync: [receiver] set_acl: sys_acl_set_file(d/.e.a1B2c3, ACL_TYPE_ACCESS): Operation not supported (95)""", "./d/.e ./d/e", "Operation not supported (95)")]
    [InlineData("""[sender] cannot convert symlink data for: "/mnt/old/a" (Invalid or incomplete multibyte or wide character)""", "./a", "what it leads to cannot be converted by --iconv")]
    [InlineData("""rsync: [sender] send_files failed to open "/mnt/old/rsync: [generator] chown "/mnt/new/a" failed: Operation not permitted (1)""", null, null)]
    [InlineData("rsync: [generator] recv_generator: mkdir \"/mnt/new/a\uFFFD\" failed: Permission denied (13)", null, null)]
    [InlineData("""rsync: [receiver] rsync_xal_set: lsetxattr("/mnt/new/a","user.b") failed: Operation not supported (95)""", "./a", "Operation not supported (95)")]
    [InlineData("""rsync: [sender] get_xattr_data: lgetxattr("/mnt/old/a","user.b",0) failed: Input/output error (5)""", "./a", "Input/output error (5)")]
    [InlineData("""rsync: [sender] get_xattr_names: llistxattr("/mnt/old/a",1024) failed: Input/output error (5)""", "./a", "Input/output error (5)")]
    [InlineData("""rsync: [sender] read errors mapping "/mnt/old/a": Input/output error (5)""", "./a", "Input/output error (5)")]
    [InlineData("""rsync: [generator] failed to set times on "/mnt/new/.": Operation not permitted (1)""", ".", "Operation not permitted (1)")]
    [InlineData("""rsync: [generator] link "/mnt/new/a" => b c failed: Operation not permitted (1)""", "./a", "Operation not permitted (1)")]
    [InlineData("""rsync: [generator] set_acl: sys_acl_set_file(d/e, ACL_TYPE_ACCESS): Operation not supported (95)""", "./d/e", "Operation not supported (95)")]
    [InlineData("""filename overflows max-path len by 12: d/e""", "./d/e", "its path is longer than 4,096 bytes, the most that rsync takes")]
    [InlineData("""[sender] cannot convert filename: d/e (Invalid or incomplete multibyte or wide character)""", "./d/e", "its name cannot be converted by --iconv")]
    [InlineData("""rsync: [generator] send_files failed to open "/elsewhere/a": Permission denied (13)""", null, null)]
    [InlineData("""rsync: [receiver] mkstemp "/mnt/new/.nothing-like-it.a1B2c3" failed: Permission denied (13)""", null, null)]
    [InlineData("""ERROR: a failed verification -- update discarded.""", "./a", "it changed while rsync read it")]
    public void What_failed_is_named_where_the_message_leaves_no_doubt(string line, string? paths, string? reason)
    {
        var errors = Read(line);

        errors.Failures.Select(failure => (failure.Path, failure.Reason)).ShouldBe(paths is null ? [] : Paths(paths).Select(path => (path, reason!)), ignoreOrder: true);
        errors.Complete.ShouldBe(paths is not null);
        errors.LastWords.ShouldBe(line);
    }

    [Fact]
    public void Each_name_that_a_temporary_name_may_stand_for_is_a_failure()
    {
        var errors = Read("""rsync: [receiver] mkstemp "/mnt/new/d/.e.a1B2c3" failed: Device or resource busy (16)""");

        errors.Failures.ShouldBe([new("./d/.e", "Device or resource busy (16)"), new("./d/e", "Device or resource busy (16)")]);
        errors.Complete.ShouldBeTrue();
    }

    [Fact]
    public void Where_the_final_name_is_told_it_alone_counts()
    {
        var errors = Read("""rsync: [receiver] rename "/mnt/new/d/.e.a1B2c3" -> "d/e": Is a directory (21)""");

        errors.Failures.ShouldBe([new("./d/e", "Is a directory (21)") { Class = ExceptionClass.InTheWay }]);
        errors.Complete.ShouldBeTrue();
    }

    [Fact]
    public void What_lies_in_a_directory_that_cannot_be_created_is_told_of_with_it()
    {
        var errors = Read("""rsync: [generator] recv_generator: mkdir "/mnt/new/d" failed: Permission denied (13)""", "*** Skipping any contents from this failed directory ***");

        errors.Failures.ShouldHaveSingleItem().Path.ShouldBe("./d");
        errors.Complete.ShouldBeTrue();
    }

    [Theory]
    [InlineData("file has vanished: \"/mnt/old/a\"")]
    [InlineData("directory has vanished: \"/mnt/old/a\"")]
    [InlineData("""rsync: [sender] link_stat "/mnt/old/a" failed: No such file or directory (2)""")]
    public void What_is_gone_is_counted_and_is_no_failure(string line)
    {
        var errors = Read(line, "rsync warning: some files vanished before they could be transferred (code 24) at main.c(1338) [sender=3.5.0]");

        errors.ShouldSatisfyAllConditions(e => e.Vanished.ShouldBe(1), e => e.Failures.ShouldBeEmpty());
    }

    [Fact]
    public void A_link_stat_that_fails_for_another_reason_is_a_failure() =>
        Read("""rsync: [sender] link_stat "/mnt/old/a" failed: Permission denied (13)""").ShouldSatisfyAllConditions(e => e.Vanished.ShouldBe(0), e => e.Failures.Length.ShouldBe(1));

    [Theory]
    [InlineData("""rsync: [receiver] write failed on "/mnt/new/a": No space left on device (28)""")]
    [InlineData("""rsync: [receiver] write failed on "/mnt/new/a": Disk quota exceeded (122)""")]
    public void A_full_target_is_known_by_its_message(string line) => Read(line).NoSpace.ShouldBeTrue();

    [Theory]
    [InlineData("""rsync: [sender] send_files failed to open "/mnt/old/a": Permission denied (13)""", ExceptionClass.Permission)]
    [InlineData("""rsync: [generator] chown "/mnt/new/a" failed: Operation not permitted (1)""", ExceptionClass.Permission)]
    [InlineData("""rsync: [receiver] rsync_xal_set: lsetxattr("/mnt/new/a","user.b") failed: No space left on device (28)""", ExceptionClass.Attribute)]
    [InlineData("""rsync: [generator] set_acl: sys_acl_set_file(a, ACL_TYPE_ACCESS): Operation not supported (95)""", ExceptionClass.Acl)]
    [InlineData("""rsync: [receiver] write failed on "/mnt/new/a": Disk quota exceeded (122)""", ExceptionClass.Quota)]
    [InlineData("""rsync: [generator] recv_generator: mkdir "/mnt/new/a" failed: Invalid argument (22)""", ExceptionClass.Name)]
    [InlineData("""[sender] cannot convert filename: a (Invalid or incomplete multibyte or wide character)""", ExceptionClass.Name)]
    [InlineData("""rsync: [generator] recv_generator: mkdir "/mnt/new/a" failed: File name too long (36)""", ExceptionClass.PathTooLong)]
    [InlineData("""filename overflows max-path len by 12: a""", ExceptionClass.PathTooLong)]
    [InlineData("""rsync: [generator] link "/mnt/new/a" => b failed: Too many links (31)""", ExceptionClass.LinkCount)]
    [InlineData("""rsync: [receiver] failed to set times on "/mnt/new/a": Invalid argument (22)""", ExceptionClass.Time)]
    [InlineData("""rsync: [receiver] failed to set times on "/mnt/new/a": Operation not permitted (1)""", ExceptionClass.Permission)]
    [InlineData("""ERROR: a failed verification -- update discarded.""", ExceptionClass.Changed)]
    [InlineData("""rsync: [sender] read errors mapping "/mnt/old/a": No data available (61)""", ExceptionClass.Changed)]
    [InlineData("""rsync: [sender] read errors mapping "/mnt/old/a": Input/output error (5)""", ExceptionClass.ReadError)]
    [InlineData("""rsync: [sender] get_xattr_names: llistxattr("/mnt/old/a",1024) failed: Input/output error (5)""", ExceptionClass.ReadError)]
    [InlineData("""rsync: [sender] readdir("/mnt/old/a"): Too many levels of symbolic links (40)""", ExceptionClass.ReadError)]
    [InlineData("""rsync: [sender] opendir "/mnt/old/a" failed: Too many levels of symbolic links (40)""", ExceptionClass.Symlink)]
    [InlineData("""rsync: [sender] opendir "/mnt/old/a" failed: Stale file handle (116)""", ExceptionClass.ReadError)]
    [InlineData("""rsync: [receiver] write failed on "/mnt/new/a": Input/output error (5)""", ExceptionClass.Unknown)]
    [InlineData("""rsync: [generator] chown "/mnt/new/a" failed: Invalid argument (22)""", ExceptionClass.Permission)]
    [InlineData("""rsync: [generator] recv_generator: mkdir "/mnt/new/a" failed: File exists (17)""", ExceptionClass.InTheWay)]
    [InlineData("skipping file with bogus (zero) st_mode: \"/mnt/old/a\"", ExceptionClass.Unknown)]
    [InlineData("""rsync: [generator] mknod "/mnt/new/a" failed: Operation not permitted (1)""", ExceptionClass.SpecialFile)]
    [InlineData("""rsync: [generator] symlink "/mnt/new/a" -> "b" failed: Function not implemented (38)""", ExceptionClass.Unknown)]
    public void The_class_of_a_failure_says_what_helps(string line, ExceptionClass expected)
    {
        Read(line).Failures.ShouldHaveSingleItem().Class.ShouldBe(expected);
        ExceptionClasses.Remedy(expected).ShouldEndWith(".");
    }

    [Fact]
    public void The_page_of_the_classes_is_what_the_table_says()
    {
        var page = Path.Combine(Above(AppContext.BaseDirectory), "docs", "reference", "exceptions.md");
        var text = $"""
            # Exceptions

            An exception is an entry that could not be copied, or not with all its attributes, after a second try. `--target=Errors` lists the exceptions of the last pass by class, and writes
            `errors.txt` with all names into the folder of the run: class, reason and path, separated by tabs. What a later verification or repair could not do is listed beside it; `--run=ID`
            names another run, `--run=all` all of them.

            - `Sync` tries all exceptions again. `Sync --retry=quota,permission` tries those of some classes again and copies nothing else. The other exceptions stay listed, and the next sync
              looks for changes since the pass before the retry.
            - `Cutover` stops at exceptions. `--accept=CLASS --by="who"` accepts those of one class, `--accept=CLASS:PATH` those at a path or below it. The option may be given several times; a value
              of more than one word is the reason, and without a class it accepts all. Only exceptions that the last pass has listed can be accepted: one that appears later stops the cutover again.
              `exceptions.json` of the evidence has who accepted what, when, by class, path and count.
            - An accepted exception covers the differences that it explains, and no others: an attribute that could not be set does not cover other content, and an accepted directory covers what is
              below it only where the directory itself is missing or cannot be read.

            A sync in which nothing is left but files of the class `changed` is done (exit 0). The target has them as they were before, or not at all: rsync never puts a copy in place that
            does not match. The sync says how many there are and names the first, and the next sync copies them. `Migrate` still exits with 1, `Verify` finds them as differences, and `Cutover`
            stops at them.

            A file that cannot be read (`readError`) is read twice by rsync. On a second host it is tried once more; on the same host it is not, and the pass over the shared directories leaves it out.
            A command that is run again tries it again. The messages of rsync behind the classes are in [rsync-messages.md](rsync-messages.md).

            What cannot be read is left out of a comparison, which names it as not compared, and compares the rest. What a cutover cannot delete does not stop it: the verification names that as only
            on the target, and somebody accepts it with a reason.

            | class | what to do |
            | --- | --- |
            {string.Join('\n', Enum.GetValues<ExceptionClass>().Order().Select(of => $"| `{ExceptionClasses.Word(of)}` | {ExceptionClasses.Remedy(of)} |"))}

            """;
        if (Environment.GetEnvironmentVariable("QSPLIT_APPROVE") == "1") File.WriteAllText(page, text);

        File.ReadAllText(page).ShouldBe(text, "docs/reference/exceptions.md is stale. To renew it: QSPLIT_APPROVE=1 dotnet test tests/QSplit.Tests");
    }

    [Fact]
    public void A_warning_that_rsync_tries_again_is_no_failure() =>
        Read("WARNING: a failed verification -- update discarded (will try again).").ShouldSatisfyAllConditions(e => e.Complete.ShouldBeTrue(), e => e.Failures.ShouldBeEmpty());

    // The first line has a temporary name, so it is known only once the host was asked; the second has no error.
    [Fact]
    public void Of_two_lines_about_an_entry_the_one_with_an_error_decides_the_class()
    {
        var errors = new RsyncErrors("/mnt/old", "/mnt/new");
        errors.Add("""rsync: [generator] link "/mnt/new/l/.f9985.14656" => k/f10 failed: Too many links (31)""");
        errors.Add("Hlink node data for 7 already has path=k/f10 (l/f9985)");
        errors.Settle(errors.Candidates.Where(path => path.ToString() == "./l/f9985").ToHashSet());

        errors.Failures.ShouldBe([new("./l/f9985", "Too many links (31)") { Class = ExceptionClass.LinkCount }]);
        RsyncExit.Read(13, interrupted: false, errors).ShouldBeOfType<TransferOutcome.Partial>().GaveUp.ShouldBeTrue();
    }

    [Fact]
    public void The_first_line_that_names_no_entry_is_kept_for_the_message() =>
        Read("""rsync: [sender] send_files failed to open "/mnt/old/a": Permission denied (13)""", "IO error encountered -- skipping file deletion", "something else").Unnamed.ShouldBe("IO error encountered -- skipping file deletion");

    [Fact]
    public void However_much_is_wrong_what_is_kept_is_bounded()
    {
        var errors = Read([.. Enumerable.Range(0, 2 * RsyncErrors.MostFailures).Select(i => $"rsync: [sender] send_files failed to open \"/mnt/old/{i}\": Permission denied (13)")]);

        errors.Failures.Length.ShouldBe(RsyncErrors.MostFailures);
        errors.Complete.ShouldBeFalse();
        errors.LastWords.Split(Environment.NewLine).Length.ShouldBe(20);
    }

    [Fact]
    public void A_name_made_to_be_slow_to_read_is_not()
    {
        var name = string.Concat(Enumerable.Repeat("\" (in \" failed: \",\"", 500));

        Read($"rsync: [sender] send_files failed to open \"/mnt/old/{name}\": Permission denied (13)").Failures.ShouldHaveSingleItem().Path.ShouldBe($"./{name}");
    }

    private RsyncErrors Read(params string[] lines)
    {
        var errors = new RsyncErrors("/mnt/old", "/mnt/new/");
        foreach (var line in lines) errors.Add(line);
        errors.Settle(errors.Candidates.Where(path => _source.Contains(path.ToString())).ToHashSet());
        return errors;
    }

    private static string[] Paths(string paths) => paths == "./b c" ? [paths] : paths.Split(' ');

    private static string Above(string directory) => File.Exists(Path.Combine(directory, "QSplit.slnx")) ? directory : Above(Path.GetDirectoryName(directory)!);
}

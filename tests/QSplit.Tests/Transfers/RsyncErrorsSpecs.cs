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
    [InlineData("""rsync: [generator] symlink "/mnt/new/a" -> "b" -> "c" failed: Operation not permitted (1)""", null, null)]
    [InlineData("""rsync: [receiver] rsync_xal_set: lsetxattr("/mnt/new/a","user.b") failed: Operation not supported (95)""", "./a", "Operation not supported (95)")]
    [InlineData("""rsync: [sender] get_xattr_data: lgetxattr("/mnt/old/a","user.b",0) failed: Input/output error (5)""", "./a", "Input/output error (5)")]
    [InlineData("""rsync: [sender] get_xattr_names: llistxattr("/mnt/old/a",1024) failed: Input/output error (5)""", "./a", "Input/output error (5)")]
    [InlineData("""rsync: [sender] read errors mapping "/mnt/old/a": Input/output error (5)""", "./a", "Input/output error (5)")]
    [InlineData("""rsync: [generator] failed to set times on "/mnt/new/.": Operation not permitted (1)""", ".", "Operation not permitted (1)")]
    [InlineData("""rsync: [generator] link "/mnt/new/a" => b c failed: Operation not permitted (1)""", null, null)]
    [InlineData("""rsync: [generator] send_files failed to open "/elsewhere/a": Permission denied (13)""", null, null)]
    [InlineData("""rsync: [receiver] mkstemp "/mnt/new/.nothing-like-it.a1B2c3" failed: Permission denied (13)""", null, null)]
    [InlineData("""ERROR: a failed verification -- update discarded.""", null, null)]
    public void What_failed_is_named_where_the_message_leaves_no_doubt(string line, string? paths, string? reason)
    {
        var errors = Read(line);

        errors.Failures.ShouldBe(paths is null ? [] : Paths(paths).Select(path => new FailedEntry(path, reason!)), ignoreOrder: true);
        errors.Complete.ShouldBe(paths is not null);
        errors.LastWords.ShouldBe(line);
    }

    [Fact]
    public void What_a_temporary_name_may_stand_for_is_named_and_not_relied_on()
    {
        var errors = Read("""rsync: [receiver] rename "/mnt/new/d/.e.a1B2c3" -> "d/e": Is a directory (21)""");

        errors.Failures.ShouldBe([new("./d/.e", "Is a directory (21)"), new("./d/e", "Is a directory (21)")]);
        errors.Complete.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""file has vanished: "/mnt/old/a" """)]
    [InlineData("""directory has vanished: "/mnt/old/a" """)]
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

        Read($"rsync: [sender] send_files failed to open \"/mnt/old/{name}\": Permission denied (13)").Complete.ShouldBeFalse();
    }

    private RsyncErrors Read(params string[] lines)
    {
        var errors = new RsyncErrors("/mnt/old", "/mnt/new/");
        foreach (var line in lines) errors.Add(line);
        errors.Settle(errors.Candidates.Where(path => _source.Contains(path.ToString())).ToHashSet());
        return errors;
    }

    private static string[] Paths(string paths) => paths == "./b c" ? [paths] : paths.Split(' ');
}

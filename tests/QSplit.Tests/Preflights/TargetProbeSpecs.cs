using QSplit.Preflights;
using QSplit.Testing;

namespace QSplit.Tests.Preflights;

/// <summary>What is said of a target that does not keep what rsync sets, played by programs that fail or lie.</summary>
public sealed class TargetProbeSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData("setfattr", "exit 1", Severity.Problem, "Extended attributes are not kept in ")]
    [InlineData("setfattr", null, Severity.Note, "Extended attributes were not tried: dtn1 has no tools for them. Install them: apt-get install attr")]
    [InlineData("getfattr", null, Severity.Note, "Extended attributes were not tried: dtn1 has no tools for them. Install them: apt-get install attr")]
    [InlineData("setfacl", "exit 1", Severity.Problem, "ACLs are not kept in ")]
    [InlineData("getfacl", "echo user:12345:---", Severity.Problem, "ACLs are not kept in ")]
    [InlineData("setfacl", null, Severity.Note, "ACLs were not tried: dtn1 has no tools for them. Install them: apt-get install acl")]
    [InlineData("chmod", "exit 0", Severity.Problem, "Modes are not kept in ")]
    [InlineData("ln", "exit 1", Severity.Problem, "Symbolic links cannot be made in ")]
    [InlineData("touch", "exit 1", Severity.Warning, "Times are not kept in ")]
    [InlineData("touch", "case $2 in *.?????*) exit 1;; esac; exec /usr/bin/touch \"$@\"", Severity.Note, "Whether times are kept to the nanosecond in ")]
    [InlineData("timeout", null, Severity.Warning, "timeout is not installed: a connection that is cut without a word is not noticed.")]
    [InlineData("stat", null, Severity.Note, "There is no stat -c: ")]
    [InlineData("df", null, Severity.Problem, "df: not installed, or not on PATH.")]
    public async Task What_is_not_kept_is_said_with_what_to_do_about_it(string program, string? script, Severity severity, string text)
    {
        using var hosts = new MadeHosts { Options = ["--acls", "--xattrs"] };
        hosts.AddWith("dtn1", program, script);

        var host = (await hosts.PreflightAsync()).Hosts.Single();

        host.Findings.ShouldContain(f => f.Severity == severity && f.Text.StartsWith(text), string.Join('\n', host.Findings));
        host.IsUsable.ShouldBe(severity != Severity.Problem);
        hosts.Probes().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_squashed_root_is_told_that_owners_will_not_be_kept()
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to be squashed.");
        using var hosts = new MadeHosts();
        hosts.AddWith("dtn1", "chown", "exit 1");

        var fleet = await hosts.PreflightAsync();

        fleet.CanGoOn.ShouldBeTrue();
        fleet.Hosts.Single().Findings.ShouldContain(f => f.Severity == Severity.Warning && f.Text.StartsWith($"root is squashed in {hosts.Folder["target"]}: owners are not kept."));
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_a_preflight_that_was_killed_has_left_is_taken_away_by_a_later_one()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1");
        Directory.CreateDirectory(hosts.Folder["target/.qsplit-probe-0123456789abcdef/link"]);
        Directory.CreateDirectory(hosts.Folder["target/.qsplit-probe-of-now"]);
        Directory.CreateDirectory(hosts.Folder["target/below/.qsplit-probe-not-here"]);
        Tool.Read("touch", "-d", "20 minutes ago", hosts.Folder["target/.qsplit-probe-0123456789abcdef"], hosts.Folder["target/below/.qsplit-probe-not-here"], hosts.Folder["target/below"]);

        await hosts.PreflightAsync();

        Directory.GetFileSystemEntries(hosts.Folder["target"]).Select(Path.GetFileName).Order().ShouldBe([".qsplit-probe-of-now", "below"]);
        Directory.Exists(hosts.Folder["target/below/.qsplit-probe-not-here"]).ShouldBeTrue();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_touch_without_fractions_does_not_pass_for_a_target_that_keeps_nanoseconds()
    {
        using var hosts = new MadeHosts();
        hosts.AddWith("dtn1", "touch", "case $2 in *.?????*) exit 1;; esac; exec /usr/bin/touch \"$@\"");

        (await hosts.PreflightAsync()).Hosts.Single().KeepsNanoseconds.ShouldBeFalse();
    }

    [Theory]
    [InlineData("lower-upper", null)]
    [InlineData("upper-upper", " folds case: of names that differ only in case the first is copied, and the others are named.")]
    public void Folding_of_case_is_seen(string read, string? text) => Said(("case", read)).ShouldBe(text is null ? null : "/mnt/archive" + text);

    [Theory]
    [InlineData("2001-02-03 04:05:07.123456789 +0000", true, null)]
    [InlineData("2001-02-03 04:05:07.123456700 +0000", false, "Times are not kept to the nanosecond in /mnt/archive: a change within the same second, at the same size, is missed.")]
    [InlineData("2001-02-03 04:05:07", false, "Times are not kept to the nanosecond in /mnt/archive: a change within the same second, at the same size, is missed.")]
    [InlineData("2001-02-03 04:05:06.000000000 +0000", false, "Times are not kept in /mnt/archive: 2001-02-03 04:05:07 came back as 2001-02-03 04:05:06.000000000 +0000.")]
    public void Only_a_time_that_is_read_back_exactly_counts_as_kept(string read, bool keeps, string? text)
    {
        ProbeRules.KeepsNanoseconds(Written, Seen(("time", read))).ShouldBe(keeps);
        Said(("time", read)).ShouldBe(text);
    }

    [Theory]
    [InlineData("12345:12346", null)]
    [InlineData("65534:65534", "Owners are not kept in /mnt/archive: 12345:12346, which dtn1 set, came back as 65534:65534.")]
    public void An_owner_that_comes_back_as_another_is_told(string read, string? text) => Said(("owner", read)).ShouldBe(text);

    private static WrittenProbe Written => new("dtn1", true, "probe", "token", ["mode", "owner", "link", "fine"]);

    private static SeenProbe Seen((string What, string Read) one) => new("dtn2", "/mnt/archive", System.Collections.Immutable.ImmutableDictionary<string, string>.Empty
        .Add("file", "yes").Add("link", "yes").Add("case", "lower-upper").SetItem(one.What, one.Read));

    // The first sentence is enough.
    private static string? Said((string What, string Read) one) =>
        ProbeRules.Of(Written, Seen(one), []).Select(f => f.Text).SingleOrDefault() is { } text ? text[..(text.IndexOf(". ", StringComparison.Ordinal) is var end and > 0 ? end + 1 : text.Length)] : null;
}

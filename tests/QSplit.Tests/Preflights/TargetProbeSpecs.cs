using QSplit.Preflights;
using QSplit.Testing;
using QSplit.Trees;

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

    [Theory(Timeout = HangLimit)]
    [InlineData(null, "Owners and groups cannot be kept in ")]
    [InlineData("--no-owner", "Groups cannot be kept in ")]
    [InlineData("--no-owner --no-group", null)]
    public async Task A_user_who_cannot_give_files_to_others_is_refused_unless_owners_do_not_matter(string? options, string? why)
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to sign in as another user.");
        using var hosts = new MadeHosts { Options = options is null ? [] : [.. options.Split(' ')] };
        foreach (var name in (string[])["", "source", "target"]) Tool.Read("chmod", "777", hosts.Folder[name]);

        var fleet = await hosts.AddAsNobody("dtn1").PreflightAsync();

        fleet.CanGoOn.ShouldBe(why is null, fleet.WhyNot);
        if (why is null) fleet.WhyNot.ShouldBeEmpty();
        else fleet.WhyNot.ShouldStartWith($"dtn1: {why}{hosts.Folder["target"]}: rsync runs as user 65534, and only root may give files to others. 4 of 4 entries of the source that were looked at belong to others. Run rsync as root, or put --no-owner and --no-group into the options, if owners and groups do not matter.");
        hosts.Probes().ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_default_acl_of_the_target_is_named()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1");
        var below = hosts.Folder.MakeDirectory("target/a/b");
        if (Tool.Run("setfacl", "-d", "-m", "u:12345:rwx", below).ExitCode != 0) Assert.Skip("Needs setfacl, and a file system that has ACLs: apt-get install acl");

        var found = (await hosts.PreflightAsync()).Hosts.Single().Findings;
        var withAcls = (await hosts.PreflightAsync(hosts.Request() with { Options = ["--acls"] })).Hosts.Single().Findings;

        found.ShouldContain(f => f.Severity == Severity.Warning && f.Text.StartsWith($"1 directory of the target has a default ACL that names users or groups, first {hosts.Folder["dtn1-target"]}/./a/b: "));
        withAcls.ShouldNotContain(f => f.Text.Contains("default ACL"));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Attributes_and_ACLs_of_the_source_that_nobody_asked_for_are_counted_in_a_sample()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1");
        if (Tool.Run("setfattr", "-n", "user.x", "-v", "1", hosts.Folder["source/one"]).ExitCode != 0) Assert.Skip("Needs setfattr, and a file system that has extended attributes: apt-get install attr");
        foreach (var name in (string[])["one", "two"]) Tool.Read("setfacl", "-m", "u:12345:r", hosts.Folder[$"source/{name}"]);

        var found = (await hosts.PreflightAsync()).Hosts.Single().Findings;

        found.ShouldContain(Finding.Warning("1 of 4 entries of the source that were looked at have extended attributes (user.*), which are not copied without --xattrs."));
        found.ShouldContain(Finding.Warning("2 of 4 entries of the source that were looked at have ACLs, which are not copied without --acls."));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Times_are_compared_to_the_second_on_all_hosts_where_one_of_them_keeps_no_more()
    {
        using var hosts = new MadeHosts();
        hosts.Add("dtn1").AddWith("dtn2", "stat", "/usr/bin/stat \"$@\" | sed 's/[.][0-9]\\{9\\}/.000000000/'");

        var fleet = await hosts.PreflightAsync();

        fleet.CanGoOn.ShouldBeTrue(fleet.WhyNot);
        fleet.Hosts.Select(host => host.KeepsNanoseconds).ShouldBe([true, false]);
        fleet.Of("dtn2")!.Findings.ShouldContain(f => f.Severity == Severity.Warning && f.Text.StartsWith("Times are kept to the nanosecond by way of dtn1, and not by way of this host: "));
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_a_file_system_inside_the_target_cannot_keep_is_named_and_stops_nothing()
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to mount a file system.");
        if (Tool.Run("sh", "-c", "command -v mkfs.ext4").ExitCode != 0) Assert.Skip("mkfs.ext4 is not installed: apt-get install e2fsprogs");
        using var hosts = new MadeHosts { Options = ["--acls"] };
        hosts.Add("dtn1");
        var (image, mount) = (hosts.Folder["image"], hosts.Folder.MakeDirectory("target/in side"));
        // With inodes of 128 bytes: whole seconds, and none after 2038.
        Tool.Read("sh", "-c", $"truncate -s 4M {image} && mkfs.ext4 -q -F -I 128 -O ^has_journal {image} && mount -o loop,noacl {image} '{mount}' 2>/dev/null || mount -o loop {image} '{mount}'");
        try
        {
            var host = (await hosts.PreflightAsync()).Hosts.Single();

            host.IsUsable.ShouldBeTrue(host.WhyNot);
            host.KeepsNanoseconds.ShouldBeFalse();
            host.UnkeptTimes.ShouldContain(TimeRanges.Of(1L << 31));
            host.UnkeptTimes.ShouldNotContain(TimeRanges.Of(0));
            host.Findings.ShouldContain(f => f.Text.StartsWith($"Times are not kept to the nanosecond in {hosts.Folder["dtn1-target"]}/in side: "));
            hosts.Probes().ShouldBeEmpty();
        }
        finally
        {
            Tool.Read("umount", "-l", mount);
        }
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
    [InlineData("lowerupper", null)]
    [InlineData("upperupper", " folds case: of names that differ only in that the first is copied, and the others are named.")]
    public void Folding_of_case_is_seen(string read, string? text) => Said(("case", read)).ShouldBe(text is null ? null : "/mnt/archive" + text);

    [Theory]
    [InlineData("twoone", NameFolding.None)]
    [InlineData("", NameFolding.None)]
    [InlineData("oneone", NameFolding.Normalization)]
    public void Folding_of_normalization_is_seen(string read, NameFolding folds) => ProbeRules.Folds(Seen(("form", read))).ShouldBe(folds);

    [Theory]
    [InlineData("names", "65000", 65_000L)]
    [InlineData("names", "127", null)]
    [InlineData("names", "", null)]
    [InlineData("type", "btrfs", 65_535L)]
    public void How_many_names_a_file_may_have_is_only_known_of_some_file_systems(string what, string read, long? most) => ProbeRules.MostNames(Seen((what, read))).ShouldBe(most);

    [Fact]
    public void Times_that_come_back_as_others_are_not_stored()
    {
        var kept = TimeRanges.All.Select(range => range.Tried).Skip(1).Select(tried => $"{tried} {(tried is > 0 and < (1L << 32) ? tried - 1 : 0)}");
        var seen = Seen(("times", string.Join(' ', kept)));

        ProbeRules.UnkeptTimes(Written, seen).ShouldBeNull("touch did not take them");
        ProbeRules.UnkeptTimes(Written with { Done = Written.Done.Add("epoch") }, seen)!.Value.ShouldBe([0, 1, 4, 5, 6], "the first is not there at all");
        TimeRanges.All.Select(range => TimeRanges.Of(range.Tried)).ShouldBe(Enumerable.Range(0, TimeRanges.All.Length));
        TimeRanges.All.SelectMany(range => new[] { TimeRanges.Of(range.From), TimeRanges.Of(range.Until - 1) }).ShouldBe(Enumerable.Range(0, TimeRanges.All.Length).SelectMany(at => new[] { at, at }));
    }

    [Theory]
    [InlineData("2001-02-03 04:05:07.123456789 +0000", true, null)]
    [InlineData("2001-02-03 04:05:07.123456700 +0000", false, "Times are not kept to the nanosecond in /mnt/archive: a change within the same second, at the same size, is missed.")]
    [InlineData("2001-02-03 04:05:07", false, "Times are not kept to the nanosecond in /mnt/archive: a change within the same second, at the same size, is missed.")]
    [InlineData("2001-02-03 04:05:06.000000000 +0000", false, "Times are kept to two seconds in /mnt/archive: they are compared with a tolerance of one second.")]
    [InlineData("2001-02-03 04:00:00.000000000 +0000", false, "Times are not kept in /mnt/archive: 2001-02-03 04:05:07 came back as 2001-02-03 04:00:00.000000000 +0000.")]
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
        .Add("file", "yes").Add("link", "yes").Add("case", "lowerupper").SetItem(one.What, one.Read));

    // The first sentence is enough.
    private static string? Said((string What, string Read) one) =>
        ProbeRules.Of(Written, Seen(one), []).Select(f => f.Text).SingleOrDefault() is { } text ? text[..(text.IndexOf(". ", StringComparison.Ordinal) is var end and > 0 ? end + 1 : text.Length)] : null;
}

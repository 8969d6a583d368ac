using System.Collections.Immutable;
using QSplit.Preflights;
using QSplit.Trees;

namespace QSplit.Tests.Preflights;

/// <summary>What is made of the answers of hosts, without any.</summary>
public sealed class HostRuleSpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly long NoonSeconds = Noon.ToUnixTimeSeconds();

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(3, 0, 8, 0)]
    [InlineData(0, 0, 8, 0)]
    [InlineData(18, 0, 8, 10)]
    [InlineData(-11, 0, 8, -10)]
    public void A_clock_is_only_as_wrong_as_the_round_trip_does_not_explain(int shown, int sent, int heard, int difference) =>
        HostAnswer.Difference(NoonSeconds + shown, Noon.AddSeconds(sent), Noon.AddSeconds(heard)).ShouldBe(TimeSpan.FromSeconds(difference));

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, "Its clock is 6 s ahead of this machine's: ")]
    [InlineData(-3600, "Its clock is 3600 s behind this machine's: ")]
    public void A_clock_that_differs_by_more_than_five_seconds_is_a_warning(int seconds, string? text) =>
        Warnings(Good() with { ClockDifference = TimeSpan.FromSeconds(seconds) }).SingleOrDefault().ShouldSatisfyAllConditions(
            said => (said is null).ShouldBe(text is null), said => said.ShouldBe(said is null ? null : text + said[text!.Length..]));

    [Theory]
    [InlineData(0L, null, null, Severity.Problem, "/mnt/archive is full")]
    [InlineData(9L << 30, 10L << 30, null, Severity.Problem, "/mnt/archive has 9,216 MiB left, and 10,240 MiB are reserved.")]
    [InlineData(9L << 30, null, 10L << 30, Severity.Warning, "/mnt/archive has 9,216 MiB left, and 10,240 MiB are planned.")]
    [InlineData(9L << 30, 1L << 30, 9L << 30, Severity.Warning, "/mnt/archive has 9,216 MiB left (1,024 MiB reserved), and 9,216 MiB are planned.")]
    public void Too_little_room_is_said_with_both_numbers(long free, long? reserve, long? planned, Severity severity, string text) =>
        RoomRules.Of(Good() with { FreeBytes = free }, reserve, planned is { } bytes ? new Totals(bytes, bytes, 1) : null, []).Single().ShouldSatisfyAllConditions(
            f => f.Severity.ShouldBe(severity), f => f.Text.ShouldStartWith(text));

    [Theory]
    [InlineData(0L, Severity.Problem, "/mnt/archive has no inodes left")]
    [InlineData(999L, Severity.Warning, "/mnt/archive has 999 inodes left, and 1,000 entries are planned.")]
    public void Too_few_inodes_are_said(long inodes, Severity severity, string text) =>
        RoomRules.Of(Good() with { FreeInodes = inodes }, null, new Totals(1, 1, 1000), []).Single().ShouldSatisfyAllConditions(
            f => f.Severity.ShouldBe(severity), f => f.Text.ShouldStartWith(text));

    [Theory]
    [InlineData(10L << 30, 10L << 30, null)]
    [InlineData(10L << 30, null, 10L << 30)]
    [InlineData(null, 10L << 30, 10L << 30)]
    public void Room_that_is_enough_or_not_known_is_not_worth_a_word(long? free, long? reserve, long? planned) =>
        RoomRules.Of(Good() with { FreeBytes = free, FreeInodes = 1 }, reserve, planned is { } bytes ? new Totals(bytes, bytes, 1) : null, []).ShouldBeEmpty();

    [Theory]
    [InlineData("", true)]
    [InlineData("--sparse", false)]
    [InlineData("-S", false)]
    public void Holes_count_unless_rsync_leaves_them(string option, bool fill)
    {
        var found = RoomRules.Of(Good() with { FreeBytes = 100L << 30 }, null, new Totals(1L << 30, 500L << 30, 1), option.Length > 0 ? [option] : []).ToList();

        if (fill) found.Single().Text.ShouldStartWith("/mnt/archive has 102,400 MiB left. The source holds 1,024 MiB, but rsync writes 512,000 MiB: it fills the holes of sparse files,");
        else found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1000:1000", 0, 1000, "", true)]
    [InlineData("1000:1000", 0, 1000, "--no-owner", true)]
    [InlineData("1000:1000", 0, 1000, "--no-o --no-g", false)]
    [InlineData("1000:1000", 0, 1000, "--fake-super", false)]
    [InlineData("65534:65534", 23, 0, "", true)]
    [InlineData("65534:65534", 23, 0, "--no-owner --no-group", false)]
    [InlineData("99:99", 0, 0, "", false)]
    [InlineData("12345:12346", 0, 0, "", false)]
    public void Owners_that_cannot_be_kept_stop_a_migration_that_does_not_forgo_them(string owner, int exit, int user, string options, bool stops)
    {
        var facts = Good() with { User = user, Owner = owner, OwnerExit = exit, Owners = [new(7, 8, 3), new(1000, 1000, 2), new(65534, 65534, 1)] };

        var found = OwnerRules.Of(facts, [.. options.Split(' ')]).ToList();

        found.Any(finding => finding.Severity == Severity.Problem && finding.Text.Contains(" of 6 entries of the source that were looked at belong to others. ", StringComparison.Ordinal)).ShouldBe(stops);
        (OwnerRules.Of(facts, [new(7, 8, 1_000)], [.. options.Split(' ')])?.Text.Contains(" 1,000 planned entries belong to others. ", StringComparison.Ordinal) ?? false).ShouldBe(stops);
        // What belongs to whom it would be given is no loss.
        OwnerRules.Of(facts, [new(uint.Parse(owner.Split(':')[0]), uint.Parse(owner.Split(':')[1]), 5)], [.. options.Split(' ')]).ShouldBeNull();
    }

    [Theory]
    [InlineData("-AX", "ACLs", "-AX")]
    [InlineData("--acls", "ACLs", "--acls")]
    [InlineData("-X", "xattrs", "-X")]
    [InlineData("--hard-links", "hardlinks", "--hard-links")]
    [InlineData("-N", "crtimes", "-N")]
    public void An_rsync_that_was_built_without_what_an_option_needs_is_refused(string option, string capability, string asking)
    {
        var json = $$"""{ "version": "3.2.7", "capabilities": { "file_bits": 64, "prealloc": true, "{{capability}}": false, "secluded_args": "optional" } }""";
        var text = $"rsync  version 3.2.3  protocol version 31\nCapabilities:\n    64-bit files, prealloc,\n    no {capability}, iconv\nOptimizations:\n    no SIMD\n";

        foreach (var answer in (string[])[json, text])
        {
            RsyncRules.Of(With(answer), [option]).Single().ShouldSatisfyAllConditions(
                f => f.Severity.ShouldBe(Severity.Problem), f => f.Text.ShouldContain($"was built without {capability}, which {asking} needs."));
            RsyncRules.Of(With(answer), ["--exclude=*AXNH*", "-BAXNH"]).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("rsync  version v3.2.3  protocol version 31", null)]
    [InlineData("rsync  version 3.2.2  protocol version 31", "rsync 3.2.2 is too old: 3.2.3 is the least.")]
    [InlineData("rsync  version 3.10.1pre2  protocol version 32", null)]
    [InlineData("{ \"version\": 7 }", "which is no rsync.")]
    [InlineData("{ \"version\": ", "which is no rsync.")]
    [InlineData("openrsync: protocol version 29", "which is no rsync.")]
    [InlineData("", "which is no rsync.")]
    public void Versions_are_read_from_whatever_rsync_prints(string answer, string? text) => (RsyncRules.Of(With(answer), []).SingleOrDefault()?.Text ?? "").ShouldContain(text ?? "");

    // Only what lies on the way to the trees keeps a host from its work.
    [Theory]
    [InlineData(3, "refusing to follow a symlink owned by an untrusted user; use --insecure-links locally", true)]
    [InlineData(23, "rsync: [sender] change_dir \"/mnt/a\" failed: Too many levels of symbolic links (40)", true)]
    [InlineData(23, "could not make way for new symlink: i251 rsync error: some files/attrs were not transferred", false)]
    [InlineData(23, "rsync: [sender] readlink_stat(\"/mnt/a/b\") failed: Permission denied (13)", false)]
    [InlineData(0, "", false)]
    public void An_rsync_that_had_nothing_to_copy_may_fail_at_single_entries(int exitCode, string said, bool isProblem) =>
        (RsyncRules.OfTrial(With("") with { Trial = new(exitCode, said) }, []) is not null).ShouldBe(isProblem);

    [Fact]
    public void An_rsync_that_differs_from_that_of_most_hosts_is_a_warning()
    {
        var all = new[] { With("3.2.7", "dtn1"), With("3.5.0", "dtn2"), With("3.5.0", "dtn3") };

        var most = RsyncRules.MostCommon(all);

        RsyncRules.Compare(all[0], most)!.Text.ShouldStartWith("rsync 3.2.7 is not the 3.5.0 of most hosts");
        RsyncRules.Compare(all[1], most).ShouldBeNull();
        RsyncRules.Compare(Good() with { Rsync = null }, most).ShouldBeNull();
    }

    [Fact]
    public void Trees_that_differ_in_more_than_half_of_what_was_looked_at_are_not_the_same()
    {
        var (one, other) = (Sees("dtn1", ("a", 1), ("b", 2), ("c", 3), ("d", 4)), Sees("dtn2", ("a", 1), ("b", 2), ("c", 9), ("d", 9)));
        SameTree.WhyNot(other, one).ShouldBeNull();

        var another = Sees("dtn3", ("a", 1), ("b", 9), ("x", 3));
        SameTree.WhyNot(another, one)!.Text.ShouldBe(
            "It sees another tree at /mnt/old than dtn1 does at /mnt/old: 4 of 5 entries that were looked at differ, first ./b. Is it mounted, and is it the same file system?");
        SameTree.Reference([another, one, other])!.Host.ShouldBe("dtn1");
    }

    [Fact]
    public void What_was_changed_within_the_hour_may_look_different()
    {
        var (one, other) = (Sees("dtn1", ("a", 1)), Sees("dtn2", ("a", 2)));
        SameTree.WhyNot(one, other).ShouldNotBeNull();

        var (early, late) = (Changed(one, NoonSeconds - 60), Changed(other, NoonSeconds - 30));
        SameTree.WhyNot(early, late).ShouldBeNull();
        SameTree.WhyNot(early, late with { Seen = late.Seen.SetItem("a", new SeenEntry(0x4000, 0, NoonSeconds)) }).ShouldNotBeNull();

        // A host that comes days later.
        SameTree.WhyNot(Changed(one, NoonSeconds + 7200) with { Clock = NoonSeconds + 90_000 }, early).ShouldBeNull();
        SameTree.WhyNot(Changed(one, NoonSeconds - 7200) with { Clock = NoonSeconds + 90_000 }, Changed(other, NoonSeconds - 7200)).ShouldNotBeNull();
    }

    [Fact]
    public void A_name_in_an_answer_cannot_speak_to_a_terminal()
    {
        var facts = HostAnswer.Read(Good(), [new(true, "look 81a4 5 100 two words \u001b[31m", Noon, Noon), new(true, "look zz", Noon, Noon), new(false, "look 81a4 5 100 no", Noon, Noon)]);

        facts.Seen.Keys.ShouldBe([@"two words \#033[31m"]);
        facts.Seen.Values.Single().ShouldBe(new SeenEntry(0x8000, 5, 100));
    }

    private static HostFacts Good(string host = "dtn1") => new(host, "mover@dtn1", "/mnt/old", "/mnt/archive", "/mnt")
    {
        User = 0,
        Clock = NoonSeconds,
        SourceState = SourceState.There,
        TargetState = TargetState.There,
        CanWrite = true,
        Rsync = new RsyncAnswer(0, "rsync  version 3.5.0  protocol version 32"),
    };

    private static HostFacts With(string answer, string host = "dtn1") => Good(host) with { Rsync = new RsyncAnswer(0, char.IsDigit(answer.FirstOrDefault()) ? $"rsync  version {answer}  protocol" : answer) };

    private static HostFacts Sees(string host, params (string Key, long Size)[] seen) =>
        Good(host) with { Seen = seen.ToImmutableDictionary(s => s.Key, s => new SeenEntry(0x8000, s.Size, 1000)) };

    private static HostFacts Changed(HostFacts facts, long seconds) => facts with { Seen = facts.Seen.ToImmutableDictionary(s => s.Key, s => s.Value with { Changed = seconds }) };

    private static IEnumerable<string> Warnings(HostFacts facts) =>
        HostRules.Of(facts, new PreflightRequest("music", [], _ => "", _ => "", [], [], null, null)).Where(f => f.Severity == Severity.Warning).Select(f => f.Text);
}

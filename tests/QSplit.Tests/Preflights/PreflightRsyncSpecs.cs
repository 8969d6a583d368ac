using QSplit.Testing;

namespace QSplit.Tests.Preflights;

/// <summary>Whether the rsync of a host will do, for the options of the migration.</summary>
public sealed class PreflightRsyncSpecs
{
    private static string Rsync => Tool.Read("sh", "-c", "command -v rsync").Trim();

    [Theory(Timeout = HangLimit)]
    [InlineData("--hard-links", "rsync 3.4.0 fails with --hard-links ('Internal hashtable error', exit 13): install an older or a newer one.")]
    [InlineData("--acls", null)]
    public async Task A_version_that_fails_with_an_option_is_refused_for_that_option_only(string option, string? why)
    {
        using var hosts = new MadeHosts { Options = [option] };
        hosts.AddWith("dtn1", "rsync", $"case \"$*\" in *-VV*) echo '{{ \"version\": \"3.4.0\" }}';; *) exec {Rsync} \"$@\";; esac");

        (await hosts.PreflightAsync()).WhyNot.ShouldBe(why is null ? "" : $"dtn1: {why}");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_whose_rsync_does_not_take_an_option_is_not_used()
    {
        using var hosts = new MadeHosts { Options = ["--mkpath"] };
        hosts.Add("dtn1").AddWith("dtn2", "rsync", $"""
            case " $* " in *" --mkpath "*) echo "rsync: --mkpath: unknown option" >&2; exit 1;; esac
            exec {Rsync} "$@"
            """);

        (await hosts.PreflightAsync()).WhyNot.ShouldBe(
            "dtn2: rsync fails with the options of this migration before anything is copied (exit 1): rsync: --mkpath: unknown option. Correct 'options', or install another rsync on this host.");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("755", false)]
    [InlineData("777", true)]
    public async Task A_user_that_copies_for_root_has_to_be_allowed_to_write_in_the_target(string mode, bool isAllowed)
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, for --copy-as.");
        using var hosts = new MadeHosts { Options = ["--copy-as=nobody"] };
        hosts.Add("dtn1", hosts.Folder.MakeDirectory("source"), hosts.Folder.MakeDirectory("target"), MadeHosts.By("/bin/sh"));
        Tool.Read("chmod", "755", hosts.Folder.Path, hosts.Folder["source"]);
        Tool.Read("chmod", mode, hosts.Folder["target"]);

        var why = (await hosts.PreflightAsync()).WhyNot;

        if (isAllowed) why.ShouldBeEmpty();
        else why.ShouldStartWith("dtn1: rsync fails with the options of this migration before anything is copied (exit 11)");
        Directory.GetFileSystemEntries(hosts.Folder["target"]).ShouldBeEmpty();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(null, "rsync is not installed, or its folder is not on PATH. Install rsync: apt-get install rsync")]
    [InlineData("echo 'rsync  version 3.1.3  protocol version 31'", "rsync 3.1.3 is too old: 3.2.3 is the least. Install rsync: apt-get install rsync")]
    [InlineData("echo '{ \"version\": \"3.4.3\" }'", "rsync 3.4.3 loses entries of a list (--files-from): install an older or a newer one.")]
    [InlineData("echo no such thing; exit 3", "rsync --version answered 'no such thing' (exit 3), which is no rsync. Install rsync: apt-get install rsync")]
    public async Task An_rsync_that_will_not_do_is_refused_with_what_to_install(string? rsync, string why)
    {
        using var hosts = new MadeHosts();
        hosts.AddWith("dtn1", "rsync", rsync);

        (await hosts.PreflightAsync()).WhyNot.ShouldBe($"dtn1: {why}");
    }
}

using QSplit.Scripts;

namespace QSplit.Tests.Transports;

/// <summary>What login shells do before they come to the command, played by sshd's ForceCommand.</summary>
public sealed class LoginShellSpecs(LoopbackHosts ways) : IClassFixture<LoopbackHosts>
{
    private const string Then = """eval "$SSH_ORIGINAL_COMMAND" """;

    [Fact(Timeout = HangLimit)]
    public async Task A_shell_that_greets_is_told_from_the_script()
    {
        LoopbackHosts.Need();
        var host = LoopbackHosts.Of(ways.Hosts.Start(2, $"ForceCommand echo Welcome; printf 'no end of line'; echo oops >&2; printf 'none either' >&2; {Then}"));

        var heard = await Heard.ByAsync(ways.Connections.To(host), Scripted.Fenced(Scripted.Sh("cat; echo; echo err >&2"), "a list"u8.ToArray()));

        heard.ShouldSatisfyAllConditions(h => h.Output.ShouldBe(["a list"]), h => h.Errors.ShouldBe(["err"]), h => h.End.IsKnown.ShouldBeTrue());
        heard.End.Words.Split('\n').ShouldBe(["Welcome", "no end of line", "oops", "none either"], ignoreOrder: true);
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("read word")]
    [InlineData("head -c 5 >/dev/null")]
    public async Task Of_a_script_that_a_profile_has_read_some_of_nothing_runs(string read)
    {
        LoopbackHosts.Need();
        var host = LoopbackHosts.Of(ways.Hosts.Start(3, $"ForceCommand {read}; {Then}"));

        var heard = await Heard.ByAsync(ways.Connections.To(host), Scripted.Fenced(Scripted.Sh("echo out"), "a list"u8.ToArray()));

        heard.ShouldSatisfyAllConditions(h => h.Output.ShouldBeEmpty(), h => h.Errors.ShouldBeEmpty());
        heard.End.ShouldSatisfyAllConditions(e => e.ExitCode.ShouldBe(Boot.Cut), e => e.Began.ShouldBeFalse());
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_profile_that_never_ends_is_waited_for_so_long_and_no_longer()
    {
        LoopbackHosts.Need();
        var host = LoopbackHosts.Of(ways.Hosts.Start(5, $"ForceCommand echo Welcome; cat >/dev/null; {Then}"));
        using var sockets = new QSplit.Testing.TemporaryFolder();
        await using var connections = LoopbackHosts.NewConnections(sockets.Path, new HurriedTime());

        var heard = await Heard.ByAsync(connections.To(host), Scripted.Lines("echo out"));

        heard.End.Words.ShouldContain(" cannot be reached: the login shell has not come to the command. Does its profile read standard input, or wait for something else? Try: ");
        heard.End.IsLoose.ShouldBeFalse();
        heard.Output.ShouldBeEmpty();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("csh")]
    [InlineData("tcsh")]
    [InlineData("fish")]
    [InlineData("zsh")]
    [InlineData("bash")]
    [InlineData("dash")]
    public async Task A_login_shell_of_another_kind_does_no_harm(string shell)
    {
        LoopbackHosts.Need();
        Assert.SkipWhen(QSplit.Testing.Tool.Run("sh", "-c", $"command -v {shell}").ExitCode != 0, $"{shell} is not there: install package {shell}");
        var host = LoopbackHosts.Of(ways.Hosts.Start(4, $"ForceCommand exec {shell} -c \"$SSH_ORIGINAL_COMMAND\""));

        var heard = await Heard.ByAsync(ways.Connections.To(host), Scripted.Fenced(Scripted.Sh("cat; echo; exit 3"), "a list"u8.ToArray()));

        heard.ShouldSatisfyAllConditions(h => h.Output.ShouldBe(["a list"]), h => h.End.ExitCode.ShouldBe(3), h => h.End.IsKnown.ShouldBeTrue());
    }
}

using QSplit.Manifests;
using QSplit.Transports;

namespace QSplit.Tests.Transports;

public sealed class SshArgumentsSpecs
{
    private static readonly Host There = new("dtn1", false, 4, "dtn1.example.com", "mover", 2222, null, "/etc/qsplit/ssh_config", ["ProxyJump=bastion"]);

    [Fact]
    public void What_a_session_needs_comes_first_then_what_the_manifest_says_then_what_always_holds_and_the_line_is_one_word()
    {
        var arguments = SshArguments.OverMaster(There, "/tmp/qs/1", "echo 'a b'");

        arguments[..4].ShouldBe(["ssh", "-T", "-F", "/etc/qsplit/ssh_config"]);
        ((string[])["ProxyCommand=false", "ProxyJump=bastion", "BatchMode=yes"]).Select(option => arguments.IndexOf(option)).ShouldBeInOrder();
        foreach (var option in (string[])["BatchMode=yes", "StrictHostKeyChecking=yes", "ControlPersist=no", "ControlMaster=no", "ControlPath=/tmp/qs/1"])
            arguments[arguments.IndexOf(option) - 1].ShouldBe("-o");
        arguments[^7..].ShouldBe(["-l", "mover", "-p", "2222", "--", "dtn1.example.com", """exec /bin/sh -c 'echo '\''a b'\'''"""]);
        SshArguments.Place(There).ShouldBe("mover@dtn1.example.com:2222");
    }

    [Fact]
    public void What_is_left_out_is_left_to_ssh()
    {
        var arguments = SshArguments.Master(new Host("dtn2", false, 1, "dtn2", null, null, null), "/tmp/qs/1", "true");

        arguments.ShouldContain("ControlMaster=yes");
        foreach (var option in (string[])["-F", "-l", "-p"]) arguments.ShouldNotContain(option);
        arguments[^3..].ShouldBe(["--", "dtn2", "exec /bin/sh -c true"]);
    }

    [Fact]
    public void Nothing_that_looks_like_an_option_stands_where_ssh_looks_for_one()
    {
        var arguments = SshArguments.OverMaster(There with { Address = "-oProxyCommand=x", User = "-oProxyCommand=y" }, "/tmp/qs/1", "-oProxyCommand=z");

        arguments[arguments.IndexOf("-oProxyCommand=y") - 1].ShouldBe("-l");
        arguments.IndexOf("-oProxyCommand=x").ShouldBe(arguments.IndexOf("--") + 1);
        arguments[^1].ShouldStartWith("exec /bin/sh -c ");
    }
}

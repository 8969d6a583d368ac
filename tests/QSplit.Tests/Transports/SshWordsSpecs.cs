using QSplit.Manifests;
using QSplit.Testing;
using QSplit.Transports;

namespace QSplit.Tests.Transports;

/// <summary>Messages of ssh that are hard to come by on one machine.</summary>
public sealed class SshWordsSpecs
{
    private static readonly Host There = new("dtn1", false, 4, "dtn1.example.com", "mover", null, null);

    [Theory]
    [InlineData("ssh: Could not resolve hostname dtn1.example.com: Name or service not known", "Is the address right?", false)]
    [InlineData("ssh: connect to host dtn1.example.com port 22: Connection timed out", "Is it up, and is there a way to it?", false)]
    [InlineData("ssh: connect to host dtn1.example.com port 22: No route to host", "Is it up, and is there a way to it?", false)]
    [InlineData("kex_exchange_identification: read: Connection reset by peer\nConnection reset by 192.0.2.1 port 22", "Its sshd has too many connections that are not signed in (MaxStartups), or refuses this machine.", true)]
    [InlineData("Connection closed by 192.0.2.1 port 22", "Its sshd has too many connections that are not signed in (MaxStartups), or refuses this machine.", true)]
    [InlineData("Connection timed out during banner exchange", "Is it up, and is there a way to it?", true)]
    [InlineData("Received disconnect from 192.0.2.1 port 22:2: Too many authentication failures\nDisconnected from 192.0.2.1 port 22", "Too many keys were offered: name the right one with options: [IdentityFile=..., IdentitiesOnly=yes].", false)]
    [InlineData("Can't open user config file /etc/q: Permission denied", "Mend ssh_config.", false)]
    [InlineData("something new", "", false)]
    public void Why_a_host_cannot_be_reached_is_said_with_what_to_do(string said, string advice, bool mayPass)
    {
        var why = SshWords.WhyNot(There, said);

        why.ShouldStartWith("mover@dtn1.example.com cannot be reached: ");
        why.ShouldContain(advice);
        why.ShouldEndWith(" Try: ssh mover@dtn1.example.com true");
        why.ShouldNotContain("\n");
        SshWords.MayPass(said).ShouldBe(mayPass);
    }

    [Fact]
    public void A_host_that_says_nothing_at_all_has_a_message_too() =>
        SshWords.WhyNot(There, "").ShouldBe("mover@dtn1.example.com cannot be reached: ssh ended and said nothing. Try: ssh mover@dtn1.example.com true");

    [Theory]
    [InlineData(255, "kex_exchange_identification: Connection closed by remote host\nConnection closed by UNKNOWN port 65535", true)]
    [InlineData(255, "mux_client_request_session: session request failed: Session open refused by peer", true)]
    [InlineData(255, "muxclient: master hello exchange failed", true)]
    [InlineData(255, "mux_client_request_alive: write packet: Broken pipe", true)]
    [InlineData(255, "mux_client_request_session: write packet: Broken pipe", true)]
    [InlineData(255, "mux_client_request_session: read from master failed: Connection reset by peer", true)]
    [InlineData(255, "", true)]
    [InlineData(1, "", false)]
    [InlineData(255, "Permission denied (publickey).", false)]
    public void A_session_that_found_no_connection_is_tried_again(int exitCode, string said, bool expected) => SshWords.HasNoSession(exitCode, said).ShouldBe(expected);

    [Fact(Timeout = HangLimit)]
    public void Each_end_of_an_ssh_that_cannot_make_a_connection_of_its_own_is_known()
    {
        LoopbackHosts.Need();
        for (var i = 0; i < 30; i++)
        {
            var said = Tool.Run("ssh", "-F", "/dev/null", "-o", "ControlMaster=no", "-o", "ControlPath=/nowhere", "-o", "ProxyCommand=false", "-o", "LogLevel=ERROR", "host", "true");
            SshWords.HasNoSession(said.ExitCode, said.Errors).ShouldBeTrue(said.Errors);
        }
    }
}

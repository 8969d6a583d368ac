using System.Collections.Immutable;
using QSplit.Manifests;

namespace QSplit.Tests.Transports;

/// <summary>A host that cannot be reached is an outcome, which says why and what to try.</summary>
public sealed class UnreachableSpecs(LoopbackHosts ways) : IClassFixture<LoopbackHosts>
{
    [Fact(Timeout = HangLimit)]
    public async Task A_host_whose_key_is_not_known() =>
        (await WhyNotAsync(ways.Of(2, "UserKnownHostsFile=/nonexistent"))).ShouldContain("Its key is not in known_hosts: compare it with the host's own, and sign in once by hand. Try: ssh -F ");

    [Fact(Timeout = HangLimit)]
    public async Task A_host_whose_key_has_changed()
    {
        LoopbackHosts.Need();
        ways.Hosts.Start(3);
        ways.Hosts.ChangeKey(3);

        (await WhyNotAsync(LoopbackHosts.Of(ways.Hosts.Start(3)))).ShouldContain("Its key is another than the one in known_hosts");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_takes_no_key()
    {
        LoopbackHosts.Need();

        (await WhyNotAsync(LoopbackHosts.Of(ways.Hosts.Start(4, "AuthorizedKeysFile /dev/null")))).ShouldContain("Permission denied (publickey). No key is accepted: is it in the agent");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_does_not_listen()
    {
        var host = ways.Of(5);
        ways.Hosts.Stop(5);

        var why = await WhyNotAsync(host);

        why.ShouldStartWith($"{host.User}@127.0.0.5:{host.Port} cannot be reached: ssh: connect to host 127.0.0.5 port {host.Port}: Connection refused. Is its sshd running, and on that port? Try: ssh -F ");
        why.ShouldEndWith($" -p {host.Port} {host.User}@127.0.0.5 true");
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_option_that_ssh_does_not_know() =>
        (await WhyNotAsync(ways.Of(2, "NoSuchOption=x"))).ShouldContain("Bad configuration option: nosuchoption. Mend options or ssh_config. ");

    [Fact(Timeout = HangLimit)]
    public async Task A_configuration_that_is_not_there() =>
        (await WhyNotAsync(ways.Of(2) with { SshConfig = "/nonexistent" })).ShouldContain("Can't open user config file /nonexistent: No such file or directory. Mend ssh_config. ");

    [Fact(Timeout = HangLimit)]
    public async Task An_account_that_may_not_run_anything()
    {
        LoopbackHosts.Need();

        (await WhyNotAsync(LoopbackHosts.Of(ways.Hosts.Start(6, "ForceCommand echo This account is not available.; exit 1")))).ShouldContain("cannot be reached: This account is not available. Try: ");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_or_a_user_never_becomes_an_option(bool isUser)
    {
        var trap = Path.Combine(ways.Of(2).SshConfig + ".trap");
        var evil = $"-oProxyCommand=touch${{IFS}}{trap}";

        await WhyNotAsync(isUser ? ways.Of(2) with { User = evil } : ways.Of(2) with { Address = evil });

        File.Exists(trap).ShouldBeFalse();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_wait_for_a_host_can_be_interrupted()
    {
        var host = ways.Of(7);
        ways.Hosts.Stop(7);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = Heard.ByAsync(ways.Connections.To(host), Scripted.Lines("true"), source.Token);
        await source.CancelAsync();

        (await running).End.ShouldSatisfyAllConditions(e => e.WasInterrupted.ShouldBeTrue(), e => e.IsLoose.ShouldBeFalse());
    }

    private async Task<string> WhyNotAsync(Host host)
    {
        var heard = await Heard.ByAsync(ways.Connections.To(host with { Name = $"{Guid.NewGuid()}" }), Scripted.Lines("echo out"));

        heard.Output.ShouldBe(ImmutableArray<string>.Empty);
        heard.End.ShouldSatisfyAllConditions(e => e.Began.ShouldBeFalse(), e => e.IsLoose.ShouldBeFalse(), e => e.WasInterrupted.ShouldBeFalse());
        return heard.End.Words;
    }
}

using System.Collections.Immutable;

namespace QSplit.Qumulo.Tests.Client;

/// <summary>A cluster of several nodes: 127.0.0.1, 127.0.0.2 and 127.0.0.3, on one port.</summary>
public sealed class AddressSpecs
{
    private const string FileSystem = "GET /v1/file-system";

    private static readonly ImmutableArray<string> Nodes = ["127.0.0.1", "127.0.0.2", "127.0.0.3"];
    private static readonly Answer Size = Answer.Json("{}");

    [Fact(Timeout = HangLimit)]
    public async Task Calls_are_spread_over_all_addresses()
    {
        using var certificate = Certificates.SelfSigned();
        await using var first = (await ScriptedCluster.StartAsync(certificate)).On(FileSystem, Size);
        await using var second = (await ScriptedCluster.StartAsync(certificate, Nodes[1], first.Port)).On(FileSystem, Size);
        await using var third = (await ScriptedCluster.StartAsync(certificate, Nodes[2], first.Port)).On(FileSystem, Size);
        await using var client = await first.ConnectAsync(manifest: first.Manifest with { Addresses = Nodes });
        for (var i = 0; i < 30; i++) await client.ReadCapacityAsync(Cancelled);
        new[] { first, second, third }.Select(node => node.Calls.Length).ShouldBe([10, 10, 10]);
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_address_that_fails_is_passed_over_without_a_wait_and_said_once()
    {
        using var certificate = Certificates.SelfSigned();
        await using var first = (await ScriptedCluster.StartAsync(certificate)).On(FileSystem, Size);
        await using var third = (await ScriptedCluster.StartAsync(certificate, Nodes[2], first.Port)).On(FileSystem, Size);
        var (time, warnings) = (new HurriedTime(), new List<string>());
        await using var client = await first.ConnectAsync(time, warnings.Add, first.Manifest with { Addresses = Nodes });
        for (var i = 0; i < 10; i++) await client.ReadCapacityAsync(Cancelled);
        warnings.ShouldBe(["Cluster music: address 127.0.0.2 is passed over from now on: it refuses connections on that port. The others go on."]);
        time.Waits.ShouldBeEmpty();
        first.Calls.Length.ShouldBe(5);
        third.Calls.Length.ShouldBe(5);
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_address_that_is_silent_is_passed_over()
    {
        using var certificate = Certificates.SelfSigned();
        await using var first = (await ScriptedCluster.StartAsync(certificate)).On(FileSystem, Size with { After = TimeSpan.FromSeconds(20) });
        await using var second = (await ScriptedCluster.StartAsync(certificate, Nodes[1], first.Port)).On(FileSystem, Size);
        var warnings = new List<string>();
        await using var client = await QumuloClient.ConnectAsync(
            first.Manifest with { Addresses = Nodes[..2] }, new QumuloSettings { ReadTimeout = TimeSpan.FromSeconds(2) }, warnings.Add, TimeProvider.System, Cancelled);
        for (var i = 0; i < 3; i++) await client.ReadCapacityAsync(Cancelled);
        warnings.ShouldHaveSingleItem().ShouldContain("127.0.0.1 is passed over from now on: no answer for 2 s");
        second.Calls.Length.ShouldBe(3);
    }

    [Fact(Timeout = HangLimit)]
    public async Task When_no_address_is_left_all_are_tried_again()
    {
        using var certificate = Certificates.SelfSigned();
        await using var first = (await ScriptedCluster.StartAsync(certificate)).On(FileSystem, Size);
        var second = (await ScriptedCluster.StartAsync(certificate, Nodes[1], first.Port)).On(FileSystem, Size);
        var (time, warnings) = (new HurriedTime(), new List<string>());
        await using var client = await first.ConnectAsync(time, warnings.Add, first.Manifest with { Addresses = [Nodes[1], Nodes[2]] });
        await second.DisposeAsync();
        var error = await Should.ThrowAsync<StorageException>(() => client.ReadCapacityAsync(Cancelled));
        error.Message.ShouldContain("cannot be reached: it refuses connections on that port; tried 6 times.");
        time.Waits.Count.ShouldBe(5);
        warnings.Count.ShouldBeInRange(1, 2);

        await using var back = (await ScriptedCluster.StartAsync(certificate, Nodes[1], first.Port)).On(FileSystem, Size);
        await client.ReadCapacityAsync(Cancelled);
        back.Calls.Length.ShouldBe(1);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}

using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using QSplit.Emulator;
using QSplit.Manifests;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Emulation;

public sealed class StartSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_directory_that_is_not_there_is_said_by_name()
    {
        var problem = await Should.ThrowAsync<StorageException>(() => RunningEmulator.StartOverAsync("/nowhere/at all"));
        problem.Message.ShouldContain("/nowhere/at all cannot be served: it is not there.");

        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        (await Should.ThrowAsync<StorageException>(() => RunningEmulator.StartOverAsync(folder["file"]))).Message.ShouldContain("it is not a directory");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_port_in_use_is_said_by_number()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var problem = await Should.ThrowAsync<StorageException>(() => RunningEmulator.StartOverAsync(folder.Path, options => options with { Port = port }));

        problem.Message.ShouldContain($"127.0.0.1:{port} cannot be listened on: ");
        problem.Message.ShouldContain("ddress already in use");
        problem.Message.ShouldContain("Choose another port");
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_address_that_is_none_or_not_of_this_machine_is_refused()
    {
        using var folder = new TemporaryFolder();
        (await Should.ThrowAsync<ManifestException>(() => RunningEmulator.StartOverAsync(folder.Path, options => options with { Address = "music" }))).Message.ShouldContain("'music' must be an IP address");
        (await Should.ThrowAsync<StorageException>(() => RunningEmulator.StartOverAsync(folder.Path, options => options with { Address = "203.0.113.7" }))).Message.ShouldContain("203.0.113.7:0 cannot be listened on");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_password_is_made_up_each_time_where_none_is_given()
    {
        using var folder = new TemporaryFolder();
        await using var one = await RunningEmulator.StartOverAsync(folder.Path, options => options with { Password = null });
        await using var two = await RunningEmulator.StartOverAsync(folder.Path, options => options with { Password = null });

        one.Password.Length.ShouldBeGreaterThan(15);
        one.Password.ShouldNotBe(two.Password);
        one.Fingerprint.ShouldNotBe(two.Fingerprint);
        using var client = await RunningEmulator.ClientAsync(one);
        client.DefaultRequestHeaders.Authorization.ShouldNotBeNull();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_certificate_can_be_kept_and_its_key_is_for_this_user_only()
    {
        using var folder = new TemporaryFolder();
        var file = folder["emulator.pem"];
        await using var one = await RunningEmulator.StartOverAsync(folder.MakeDirectory("a"), options => options with { CertificateFile = file });
        await using var two = await RunningEmulator.StartOverAsync(folder.MakeDirectory("b"), options => options with { CertificateFile = file });

        two.Fingerprint.ShouldBe(one.Fingerprint);
        one.Fingerprint.ShouldMatch("^sha256:[0-9a-f]{64}$");
        Tool.Read("stat", "-c", "%a", file).Trim().ShouldBe("600");
        using var shown = X509Certificate2.CreateFromPem(one.CertificatePem);
        "sha256:".ShouldBe(one.Fingerprint[..7]);
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(shown.RawData)).ShouldBe(one.Fingerprint[7..]);
        one.CertificatePem.ShouldNotContain("PRIVATE");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Plain_HTTP_is_spoken_only_when_told()
    {
        using var folder = new TemporaryFolder();
        await using var plain = await RunningEmulator.StartOverAsync(folder.Path, options => options with { PlainHttp = true });
        using var client = await RunningEmulator.ClientAsync(plain);

        (await client.GetStringAsync(new Uri($"http://127.0.0.1:{plain.Port}/v1/file-system"), TestContext.Current.CancellationToken)).ShouldContain("block_size_bytes");
        plain.Fingerprint.ShouldBeEmpty();

        await using var secure = await RunningEmulator.StartOverAsync(folder.Path);
        await Should.ThrowAsync<HttpRequestException>(() => client.GetStringAsync(new Uri($"http://127.0.0.1:{secure.Port}/v1/version"), TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Nothing_listens_once_it_is_disposed_of()
    {
        using var folder = new TemporaryFolder();
        var cluster = await RunningEmulator.StartOverAsync(folder.Path);
        using var client = await RunningEmulator.ClientAsync(cluster);
        await cluster.DisposeAsync();

        using var socket = new TcpClient();
        await Should.ThrowAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Loopback, cluster.Port, TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public void The_options_never_print_the_password() =>
        new EmulatorOptions("/x") { Password = new Secret("hush hush") }.ToString().ShouldNotContain("hush");
}

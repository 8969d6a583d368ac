using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Emulation;

/// <summary>Where clients are picky: the bytes themselves.</summary>
public sealed class WireSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task Answers_are_JSON_without_charset_mark_or_chunks_and_errors_are_too()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        foreach (var target in (string[])["/v1/version", "/v1/session/who-am-i", "/v1/nothing", "/"])
        {
            var answer = await AskAsync(emulator, $"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            var (head, body) = (answer.Split("\r\n\r\n")[0], answer.Split("\r\n\r\n", 2)[1]);
            head.ShouldContain("\r\nContent-Type: application/json\r\n");
            head.ShouldContain($"\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
            head.ShouldNotContain("chunked");
            head.ShouldContain("\r\nConnection: close");
            head.ShouldNotContain("Server:");
            body.ShouldStartWith("{");
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_connection_stays_open_unless_its_end_is_asked_for()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await using var stream = await ConnectAsync(emulator, SslProtocols.None);
        for (var i = 0; i < 3; i++)
        {
            await stream.WriteAsync("GET /v1/version HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            var buffer = new byte[4096];
            var text = "";
            while (!text.EndsWith('}')) text += Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken));
            text.ShouldNotContain("Connection: close");
        }
        await stream.WriteAsync("GET /v1/version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        (await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("Connection: close");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_client_that_speaks_only_one_version_of_TLS_is_served(SslProtocols version)
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await using var stream = await ConnectAsync(emulator, version);
        stream.SslProtocol.ShouldBe(version);
        await stream.WriteAsync("GET /v1/version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        (await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("revision_id");
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_encoded_slash_ends_no_segment_and_is_decoded_once()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            Directory.CreateDirectory(Path.Combine(root, "a"));
            Directory.CreateDirectory(Path.Combine(root, "a%2Fb"));
            File.WriteAllText(Path.Combine(root, "a", "b"), "12");
            File.WriteAllText(Path.Combine(root, "a%2Fb", "c"), "123");
        });

        (await SizeAsync(emulator, "%2Fa%2Fb")).ShouldBe("2");
        (await SizeAsync(emulator, "%2Fa%2fb")).ShouldBe("2");
        (await SizeAsync(emulator, "%2Fa%252Fb%2Fc")).ShouldBe("3");
        await emulator.GetAsync("/v1/files/%2Fa/b/info/attributes", 404);
        await emulator.GetAsync("/v1/files/%2Fa%2F..%2Fa/info/attributes", 404);
        await emulator.GetAsync("/v1/files/%2F..%2F..%2Fetc%2Fpasswd/info/attributes", 404);
        await emulator.GetAsync("/v1/files/%2F%FF/info/attributes", 400);
        // HttpClient would send %25zz.
        foreach (var bad in (string[])["%2F%zz", "%2F%4", "%2F%"])
            (await AskAsync(emulator, $"GET /v1/files/{bad}/info/attributes HTTP/1.1\r\nHost: x\r\nAuthorization: {emulator.Client.DefaultRequestHeaders.Authorization}\r\nConnection: close\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
        await emulator.GetAsync("/v1/files/a/info/attributes", 400);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_target_with_scheme_and_host_in_front_is_taken()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        var answer = await AskAsync(emulator, $"GET https://elsewhere:8000/v1/version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 200");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_path_as_long_as_clusters_take_fits_into_a_target()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        var path = string.Concat(Enumerable.Repeat("/" + new string('€', 80), 130));
        (await emulator.GetAsync($"/v1/files/{Uri.EscapeDataString(path)}/info/attributes", 404)).GetProperty("error_class").GetString().ShouldBe("fs_no_such_entry_error");
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_log_has_a_line_for_each_request_and_no_secrets()
    {
        var log = new StringWriter();
        await using var emulator = await RunningEmulator.StartAsync(with: options => options with { Log = log });
        await emulator.GetAsync("/v1/files/%2F/aggregates/?max-entries=0");
        await emulator.GetAsync("/v1/nothing?x=%20", 404);

        string[] lines = log.ToString().Split('\n');
        lines.Length.ShouldBe(4);
        lines[0].ShouldMatch("^POST /v1/session/login 200 [0-9]+$");
        lines[1].ShouldMatch("^GET /v1/files/%2F/aggregates/\\?max-entries=0 200 [0-9]+$");
        lines[2].ShouldMatch("^GET /v1/nothing\\?x=%20 404 [0-9]+$");
        emulator.Cluster.Calls.ShouldBe(3);
        log.ToString().ShouldNotContain(RunningEmulator.Password);
        log.ToString().ShouldNotContain(emulator.Client.DefaultRequestHeaders.Authorization!.Parameter!);
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_old_Python_client_finds_what_it_checks()
    {
        if (Tool.Run("sh", "-c", "command -v python3").ExitCode != 0) Assert.Skip("There is no python3 here.");
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            Directory.CreateDirectory(Path.Combine(root, "a b"));
            File.WriteAllText(Path.Combine(root, "a b", "x"), "x");
        });
        File.WriteAllText(emulator.Folder["ca.pem"], emulator.Cluster.CertificatePem);

        var ran = Tool.Run("python3", Path.Combine(AppContext.BaseDirectory, "Emulation", "old_client.py"), $"{emulator.Cluster.Port}", "admin", RunningEmulator.Password, emulator.Folder["ca.pem"]);

        ran.Errors.ShouldBeEmpty();
        ran.ExitCode.ShouldBe(0);
        ran.Output.Trim().ShouldBe("/ : 1 directories, 1 files; /a b/x FS_FILE_TYPE_FILE 1");
    }

    private static async Task<string?> SizeAsync(RunningEmulator emulator, string reference) =>
        (await emulator.GetAsync($"/v1/files/{reference}/info/attributes")).GetProperty("size").GetString();

    private static async Task<string> AskAsync(RunningEmulator emulator, string request)
    {
        await using var stream = await ConnectAsync(emulator, SslProtocols.None);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        return await new StreamReader(stream, new UTF8Encoding(false)).ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<SslStream> ConnectAsync(RunningEmulator emulator, SslProtocols version)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", emulator.Cluster.Port, TestContext.Current.CancellationToken);
        var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", EnabledSslProtocols = version, RemoteCertificateValidationCallback = (_, shown, _, _) => RunningEmulator.IsOf(emulator.Cluster, shown) }, TestContext.Current.CancellationToken);
        return stream;
    }
}

using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using QSplit.Emulator;
using QSplit.Manifests;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Emulation;

/// <summary>An emulator over a temporary folder, with a client that is logged in.</summary>
internal sealed class RunningEmulator : IAsyncDisposable
{
    public const string Password = "secret of the test";

    private RunningEmulator(TemporaryFolder folder, EmulatedCluster cluster, HttpClient client) => (Folder, Cluster, Client) = (folder, cluster, client);

    public TemporaryFolder Folder { get; }

    public EmulatedCluster Cluster { get; private set; }

    public HttpClient Client { get; private set; }

    /// <summary>The directory that is served.</summary>
    public string Root => Folder["served"];

    public string Url => $"https://127.0.0.1:{Cluster.Port}";

    public static async Task<RunningEmulator> StartAsync(Action<string>? fill = null, Func<EmulatorOptions, EmulatorOptions>? with = null, TimeProvider? time = null, string? below = null)
    {
        var folder = new TemporaryFolder(below);
        fill?.Invoke(folder.MakeDirectory("served"));
        var cluster = await StartOverAsync(folder.MakeDirectory("served"), with, time);
        return new(folder, cluster, await ClientAsync(cluster));
    }

    /// <summary>Stops the emulator and starts another over the same directory.</summary>
    public async Task RestartAsync(TimeProvider? time = null)
    {
        Client.Dispose();
        await Cluster.DisposeAsync();
        Cluster = await StartOverAsync(Root, null, time);
        Client = await ClientAsync(Cluster);
    }

    public async Task<JsonElement> GetAsync(string target, int status = 200) => await SendAsync(HttpMethod.Get, target, null, status);

    public async Task<JsonElement> SendAsync(HttpMethod method, string target, string? body, int status = 200)
    {
        using var request = new HttpRequestMessage(method, Url + target);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, $"{method} {target}: {text}");
        response.Content.Headers.GetValues("Content-Type").ShouldBe(["application/json"]);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    /// <summary>Takes a snapshot; its number.</summary>
    public async Task<long> FreezeAsync(string path = "/", string name = "s")
    {
        var id = (await GetAsync($"/v1/files/{Uri.EscapeDataString(path)}/info/attributes")).GetProperty("id").GetString();
        return (await SendAsync(HttpMethod.Post, "/v2/snapshots/", $$"""{"name": "{{name}}", "source_file_id": "{{id}}"}""")).GetProperty("id").GetInt64();
    }

    /// <summary>What changed, as <c>MODIFY /a</c>, page by page.</summary>
    public async Task<List<string>> ChangesAsync(long older, long newer, int limit = 1000)
    {
        var changes = new List<string>();
        for (var next = $"/v2/snapshots/{newer}/changes-since/{older}?limit={limit}"; next != "";)
        {
            var page = await GetAsync(next);
            changes.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => $"{entry.GetProperty("op")} {entry.GetProperty("path")}"));
            next = page.GetProperty("paging").GetProperty("next").GetString()!;
        }
        return changes;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Cluster.DisposeAsync();
        Folder.Dispose();
    }

    public static Task<EmulatedCluster> StartOverAsync(string directory, Func<EmulatorOptions, EmulatorOptions>? with = null, TimeProvider? time = null)
    {
        var options = new EmulatorOptions(directory) { Password = new Secret(Password) };
        return EmulatedCluster.StartAsync(with?.Invoke(options) ?? options, time ?? TimeProvider.System, TestContext.Current.CancellationToken);
    }

    /// <summary>A client that trusts the cluster's certificate and no other, logged in.</summary>
    public static async Task<HttpClient> ClientAsync(EmulatedCluster cluster)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => IsOf(cluster, shown) },
        });
        if (await LogInAsync(client, cluster) is { } token) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public static bool IsOf(EmulatedCluster cluster, X509Certificate? shown) =>
        cluster.Fingerprint == "sha256:" + shown?.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();

    public static async Task<string?> LogInAsync(HttpClient client, EmulatedCluster cluster)
    {
        var scheme = cluster.Fingerprint == "" ? "http" : "https";
        using var content = new StringContent(JsonSerializer.Serialize(new { username = cluster.User, password = cluster.Password }), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri($"{scheme}://127.0.0.1:{cluster.Port}/v1/session/login"), content, TestContext.Current.CancellationToken);
        if (!response.IsSuccessStatusCode) return null;
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("bearer_token").GetString();
    }
}

/// <summary>A clock that is set by hand; timers run by the real one.</summary>
internal sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

using QSplit.Manifests;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Client;

public sealed class LoginSpecs
{
    private const string FileSystem = "GET /v1/file-system";
    private const string Login = "POST /v1/session/login";

    private static readonly Answer Size = Answer.Json("""{"block_size_bytes": 4096, "total_size_bytes": "8192", "free_size_bytes": "4096", "snapshot_size_bytes": "0"}""");
    private static readonly Answer Unauthorized = Answer.Error(401, "auth_invalid_session_error");

    [Fact(Timeout = HangLimit)]
    public async Task I_sign_in_with_user_and_password()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(FileSystem, Size);
        await using var client = await cluster.ConnectAsync();
        (await client.ReadCapacityAsync(Cancelled)).Free.ShouldBe((UInt128)4096);
        cluster.Heard.First().ShouldBe(new(Login, "", "application/json", """{"username":"mover","password":"open-sesame"}"""));
        cluster.Heard.Skip(1).ShouldAllBe(asked => asked.Authorization == "Bearer session-v1:first");
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_sign_in_with_a_token_and_no_login_is_sent()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        await using var client = await cluster.ConnectAsync(manifest: WithToken(cluster, "access-v1:mine\n"));
        cluster.Heard.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer access-v1:mine");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task I_sign_in_with_the_file_that_Qumulos_command_line_keeps(bool byManifest)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["cred"], """{"bearer_token": "session-v1:kept", "version": 1}""" + "\n");
        await using var cluster = await ScriptedCluster.StartAsync();
        var manifest = cluster.Manifest with { User = null, Password = null, Credentials = byManifest ? folder["cred"] : null };
        await using var client = await cluster.ConnectAsync(manifest: manifest, settings: HurriedTime.Settings with { DefaultCredentials = byManifest ? folder["none"] : folder["cred"] });
        cluster.Heard.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer session-v1:kept");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(null, "it is not there")]
    [InlineData(" \n", "it is empty")]
    [InlineData("secret-text", "it is not JSON")]
    [InlineData("""{"bearer_token": "secret-text"}""", "its version is missing")]
    [InlineData("""{"bearer_token": "secret-text", "version": 2}""", "its version is 2")]
    [InlineData("""{"version": 1}""", "there is no bearer_token")]
    public async Task A_credentials_file_without_a_token_says_how_to_make_one(string? text, string why)
    {
        using var folder = new TemporaryFolder();
        if (text is not null) File.WriteAllText(folder["cred"], text);
        await using var cluster = await ScriptedCluster.StartAsync();
        var error = await Should.ThrowAsync<StorageException>(() => cluster.ConnectAsync(manifest: cluster.Manifest with { User = null, Password = null, Credentials = folder["cred"] }));
        error.Message.ShouldContain($"credentials file {folder["cred"]} cannot be used: {why}");
        error.Message.ShouldContain("qq --host");
        error.ToString().ShouldNotContain("secret-text");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Without_any_login_I_am_told_what_to_give()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        var manifest = cluster.Manifest with { User = null, Password = null };
        var error = await Should.ThrowAsync<StorageException>(() => cluster.ConnectAsync(manifest: manifest, settings: HurriedTime.Settings with { DefaultCredentials = "/nowhere/.qfsd_cred" }));
        error.Message.ShouldContain("there is nothing to sign in with");
        error.Message.ShouldContain("QSPLIT_PASSWORD");
        error.Message.ShouldContain($"or run 'qq --host 127.0.0.1 --port {cluster.Port} login -u <user>', which writes /nowhere/.qfsd_cred.");
        cluster.Heard.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_wrong_password_is_said_and_not_shown()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(Login, Answer.Error(401, "auth_invalid_credentials_error", "Wrong: open-sesame"));
        var error = await Should.ThrowAsync<StorageException>(() => cluster.ConnectAsync());
        error.Message.ShouldContain("refuses the login of mover: answered 401 Unauthorized (auth_invalid_credentials_error: Wrong: ***)");
        error.ToString().ShouldNotContain("open-sesame");
        cluster.Heard.Count.ShouldBe(1);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_session_that_ran_out_is_renewed_once_for_all_who_find_it_so()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(Login, Answer.Json("""{"bearer_token": "session-v1:first"}"""), Answer.Json("""{"bearer_token": "session-v1:second"}"""));
        cluster.On(FileSystem, token => token == "Bearer session-v1:second" ? Size : Unauthorized with { After = TimeSpan.FromMilliseconds(100) });
        await using var client = await cluster.ConnectAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.ReadCapacityAsync(Cancelled)));
        cluster.Heard.Count(asked => asked.Line == Login).ShouldBe(2);
        cluster.Calls.Length.ShouldBe(40);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Being_refused_again_after_a_new_login_is_an_error()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(FileSystem, Unauthorized);
        await using var client = await cluster.ConnectAsync();
        var error = await Should.ThrowAsync<StorageException>(() => client.ReadCapacityAsync(Cancelled));
        error.Message.ShouldContain("GET /v1/file-system was answered 401 Unauthorized, and again with the token of a new login");
        cluster.Heard.Count(asked => asked.Line == Login).ShouldBe(2);
        cluster.Calls.Length.ShouldBe(2);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_token_that_is_refused_says_what_to_try()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On("GET /v1/session/who-am-i", Unauthorized);
        var error = await Should.ThrowAsync<StorageException>(() => cluster.ConnectAsync(manifest: WithToken(cluster, "session-v1:mine")));
        error.Message.ShouldContain("the token of the manifest was refused, or has expired: session tokens live 10 hours");
        error.ToString().ShouldNotContain("mine");
        cluster.Heard.Count.ShouldBe(1);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_short_password_hides_nothing_of_what_QSplit_itself_says()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        // A piece of "administrator", of a path and of every fingerprint: three stars in their place would tell it, and spoil the line to copy.
        foreach (var password in (string[])["admin", "sha256", "login"])
        {
            var manifest = cluster.Manifest with { Fingerprint = null, Password = new Secret(password) };
            var error = await Should.ThrowAsync<StorageException>(() => cluster.ConnectAsync(manifest: manifest));
            error.Message.ShouldContain($"  fingerprint: {cluster.Manifest.Fingerprint}");
            error.Message.ShouldContain("what the cluster's administrator sees");
            error.Message.ShouldNotContain("***");
        }
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("two\r\nX-Evil: yes")]
    [InlineData("bl ank")]
    [InlineData("")]
    public async Task A_token_that_cannot_be_one_is_not_sent_and_not_shown(string token)
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        var error = await Should.ThrowAsync<StorageException>(() => cluster.ConnectAsync(manifest: WithToken(cluster, token)));
        error.Message.ShouldContain("the token of the manifest is empty, or has characters in it that no token has");
        cluster.Heard.ShouldBeEmpty();
        if (token.Length > 0) error.ToString().ShouldNotContain(token);
    }

    [Fact(Timeout = HangLimit)]
    public async Task No_secret_is_in_what_a_failed_call_says()
    {
        await using var cluster = await ScriptedCluster.StartAsync();
        cluster.On(FileSystem, Answer.Error(400, "decode_error", "You sent Bearer session-v1:first and open-sesame"));
        await using var client = await cluster.ConnectAsync();
        var error = await Should.ThrowAsync<StorageException>(() => client.ReadCapacityAsync(Cancelled));
        error.ToString().ShouldContain("You sent Bearer *** and ***");
        foreach (var text in (string?[])[error.ToString(), cluster.Manifest.ToString()])
        {
            text.ShouldNotBeNull().ShouldNotContain("open-sesame");
            text.ShouldNotContain("session-v1:first");
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Cluster WithToken(ScriptedCluster cluster, string token) => cluster.Manifest with { User = null, Password = null, Token = new Secret(token) };
}

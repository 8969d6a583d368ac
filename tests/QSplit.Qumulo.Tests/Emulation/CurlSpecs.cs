using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Emulation;

/// <summary>A client that nobody here wrote, with the calls as Qumulo documents them.</summary>
public sealed class CurlSpecs
{
    // Each line of output: a name, the status, the content type, the body.
    private const string Script = """
        set -eu
        url=$1 user=$2 password=$3 pem=$4
        call() { name=$1; shift; printf '%s ' "$name"; curl -sS --cacert "$pem" -w ' %{http_code} %{content_type}\n' "$@"; }
        call version "$url/v1/version"
        call no-login "$url/v1/session/who-am-i"
        token=$(curl -sS --cacert "$pem" -H 'Content-Type: application/json' -X POST -d "{\"username\": \"$user\", \"password\": \"$password\"}" "$url/v1/session/login" | sed 's/.*"bearer_token":"\([^"]*\)".*/\1/')
        bearer="Authorization: Bearer $token"
        call bad-login -H 'Content-Type: application/json' -d "{\"username\": \"$user\", \"password\": \"wrong\"}" "$url/v1/session/login"
        call who-am-i -H "$bearer" "$url/v1/session/who-am-i"
        call file-system -H "$bearer" "$url/v1/file-system"
        call settings "$url/v1/cluster/settings"
        call aggregates -H "$bearer" "$url/v1/files/%2F/aggregates/?max-entries=1&order-by=total_files"
        call attributes -H "$bearer" "$url/v1/files/%2Fmedia%2F/info/attributes"
        next="/v1/files/%2Fmedia%2F/entries/?limit=1"
        while [ -n "$next" ]; do
          page=$(curl -sS --cacert "$pem" -H "$bearer" "$url$next")
          printf 'page %s\n' "$page"
          next=$(printf %s "$page" | sed 's/.*"next":"\([^"]*\)".*/\1/')
        done
        call take -H "$bearer" -X POST -d '{"name": "first"}' "$url/v2/snapshots/?expiration-time-to-live=5days"
        printf changed > "$5/media/a"; rm "$5/media/b"
        call take -H "$bearer" -X POST -d '{"name_suffix": "second", "expiration": "", "source_file_id": "2"}' "$url/v3/snapshots/"
        call list -H "$bearer" "$url/v3/snapshots/?filter=all"
        call get -H "$bearer" "$url/v2/snapshots/1"
        call changes -H "$bearer" "$url/v2/snapshots/2/changes-since/1?limit=100"
        call frozen -H "$bearer" "$url/v1/files/%2Fmedia%2Fb/info/attributes?snapshot=1"
        call delete -H "$bearer" -X DELETE "$url/v2/snapshots/1"
        call delete -H "$bearer" -X DELETE "$url/v3/snapshots/2"
        call list -H "$bearer" "$url/v2/snapshots/"
        call missing -H "$bearer" "$url/v1/files/%2Fnowhere/aggregates/"
        call no-slash -H "$bearer" "$url/v1/files/%2F/aggregates"
        call method -H "$bearer" -X PUT "$url/v1/version"
        """;

    [Fact(Timeout = HangLimit)]
    public async Task I_can_script_the_documented_calls_with_curl()
    {
        await using var emulator = await RunningEmulator.StartAsync(root =>
        {
            Directory.CreateDirectory(Path.Combine(root, "media"));
            File.WriteAllText(Path.Combine(root, "media", "a"), "one");
            File.WriteAllText(Path.Combine(root, "media", "b"), "two");
            File.WriteAllText(Path.Combine(root, "top"), "three");
        });
        File.WriteAllText(emulator.Folder["ca.pem"], emulator.Cluster.CertificatePem);

        var ran = Tool.Run("sh", "-c", Script, "sh", emulator.Url, "admin", RunningEmulator.Password, emulator.Folder["ca.pem"], emulator.Root);

        ran.Errors.ShouldBeEmpty();
        ran.ExitCode.ShouldBe(0);
        var lines = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToLookup(line => line.Split(' ')[0]);
        foreach (var line in lines.Where(calls => calls.Key != "page").SelectMany(calls => calls)) line.ShouldEndWith(" application/json");
        string[] statuses = [.. lines.Where(calls => calls.Key != "page").SelectMany(calls => calls.Select(line => $"{calls.Key} {line.Split(' ')[^2]}"))];
        statuses.ShouldBe([
            "version 200", "no-login 401", "bad-login 401", "who-am-i 200", "file-system 200", "settings 200", "aggregates 200", "attributes 200",
            "take 200", "take 200", "list 200", "list 200", "get 200", "changes 200", "frozen 200", "delete 200", "delete 202", "missing 404", "no-slash 404", "method 405",
        ]);
        lines["page"].Count().ShouldBe(2);
        lines["changes"].Single().ShouldContain("""{"op":"MODIFY","path":"/media/"},{"op":"MODIFY","path":"/media/a"},{"op":"DELETE","path":"/media/b"}""");
        lines["no-login"].Single().ShouldContain("Need to log in first");
        lines["missing"].Single().ShouldContain("\"error_class\":\"fs_no_such_entry_error\"");
        lines["no-slash"].Single().ShouldContain("\"error_class\":\"rest_not_found_error\"");
        lines["list"].Last().ShouldContain("{\"entries\":[]}");
        lines["aggregates"].Single().ShouldContain("\"total_files\":\"3\"");
        lines["aggregates"].Single().ShouldContain("\"name\":\"media\"");
        lines["aggregates"].Single().ShouldNotContain("\"name\":\"top\"");
    }
}

using System.Text.Json;
using QSplit.Emulator.Http;

namespace QSplit.Emulator.Endpoints;

/// <summary>Login, and who is logged in.</summary>
internal static class SessionEndpoints
{
    public static IEnumerable<Route> Routes(Sessions sessions, string user) =>
    [
        new("POST", "/v1/session/login", (call, _) => Task.FromResult(LogIn(call, sessions)), Open: true),
        Route.Get("/v1/session/who-am-i", _ => WhoAmI(user)),
    ];

    private static Reply LogIn(ApiCall call, Sessions sessions)
    {
        var body = call.Json(JsonValueKind.Object);
        var token = sessions.LogIn(BodyFields.Text(body, "username"), BodyFields.Text(body, "password")) ?? throw Refusal.Unauthorized("Invalid username or password.");
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("bearer_token", token);
            json.WriteEndObject();
        });
    }

    private static Reply WhoAmI(string user) => Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", "500");
        json.WriteString("name", user);
        json.WriteString("primary_group", "513");
        json.WriteString("sid", "S-1-5-21-1-2-3-500");
        json.WriteString("uid", "500");
        json.WriteNull("home_directory");
        json.WriteBoolean("can_change_password", false);
        json.WriteStartArray("privileges");
        foreach (var privilege in (string[])["FILE_FULL_ACCESS", "FILE_READ_ACCESS", "FS_ATTRIBUTES_READ", "SNAPSHOT_DIFFERENCE_READ", "SNAPSHOT_READ", "SNAPSHOT_WRITE"])
            json.WriteStringValue($"PRIVILEGE_{privilege}");
        json.WriteEndArray();
        json.WriteEndObject();
    });
}

using System.Text.Json;
using QSplit.Emulator.Http;

namespace QSplit.Emulator.Endpoints;

/// <summary>Login, who is logged in, and access tokens.</summary>
internal static class SessionEndpoints
{
    private static readonly string[] Privileges =
        ["FILE_FULL_ACCESS", "FILE_READ_ACCESS", "FS_ATTRIBUTES_READ", "SNAPSHOT_DIFFERENCE_READ", "SNAPSHOT_READ", "SNAPSHOT_WRITE"];

    public static IEnumerable<Route> Routes(Sessions sessions, string user, Faults faults) =>
    [
        new("POST", "/v1/session/login", (call, _) => Task.FromResult(LogIn(call, sessions)), Open: true),
        Route.Get("/v1/session/who-am-i", _ => WhoAmI(user, faults)),
        new("POST", "/v1/auth/access-tokens/", (_, _) => Task.FromResult(MakeToken(sessions))),
        new("PATCH", "/v1/auth/access-tokens/{}", (call, _) => Task.FromResult(ChangeToken(call, sessions))),
    ];

    private static Reply MakeToken(Sessions sessions) => Reply.Json(json =>
    {
        var (id, token) = sessions.MakeAccessToken();
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("bearer_token", token);
        json.WriteEndObject();
    });

    private static Reply ChangeToken(ApiCall call, Sessions sessions)
    {
        var body = call.Json(JsonValueKind.Object);
        if (!body.TryGetProperty("enabled", out var field) || field.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw Refusal.BadRequest("enabled must be true or false.");
        var enabled = field.GetBoolean();
        if (!sessions.Enable(call.Captured[0], enabled))
            throw new Refusal(404, "auth_no_such_access_token_error", $"There is no access token {call.Captured[0]}.");
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", call.Captured[0]);
            json.WriteBoolean("enabled", enabled);
            json.WriteEndObject();
        });
    }

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

    private static Reply WhoAmI(string user, Faults faults) => Reply.Json(json =>
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
        foreach (var privilege in Privileges.Select(name => $"PRIVILEGE_{name}").Where(privilege => !faults.IsWithheld(privilege)))
            json.WriteStringValue(privilege);
        json.WriteEndArray();
        json.WriteEndObject();
    });
}

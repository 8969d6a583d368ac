using System.Text.Json;
using QSplit.Emulator.Http;

namespace QSplit.Emulator.Endpoints;

/// <summary>Listings, attributes, and paths for ids.</summary>
internal static class EntryEndpoints
{
    // From which on listings can leave access times alone, and attributes say what a file holds before it is made smaller.
    private static readonly Version Later = new(7, 9);

    public static IEnumerable<Route> Routes(ServedFiles files) =>
    [
        new("GET", "/v1/files/{}/entries/", (call, _) => ListAsync(call, files)),
        new("GET", "/v1/files/{}/info/attributes", (call, _) => AttributesAsync(call, files)),
        new("POST", "/v1/files/resolve", (call, _) => ResolveAsync(call, files)),
    ];

    private static async Task<Reply> ListAsync(ApiCall call, ServedFiles files)
    {
        var limit = Paging.Limit(call, files.Faults);
        var after = call.Number("after", 0) ?? 0;
        var isLater = files.Faults.Core >= Later;
        if (call.Text("skip-atime-update") is { } skip && (skip != "true" || !isLater))
            throw Refusal.BadRequest(isLater ? "skip-atime-update must be true where it is given." : "skip-atime-update is not a parameter of this version.");
        var (tree, directory) = await files.FindDirectoryAsync(call);
        var entries = tree.ReadChildren(directory, after).Take(limit + 1).ToArray();
        var next = entries.Length <= limit ? "" : Paging.Next($"/v1/files/{call.Captured[0]}/entries/", call, entries[limit - 1].Cursor);
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("path", directory.Path);
            json.WriteString("id", directory.Id);
            json.WriteNumber("child_count", directory.ChildCount);
            json.WriteStartArray("files");
            foreach (var entry in entries.Take(limit))
            {
                json.WriteStartObject();
                EntryJson.WriteAttributes(json, entry, isLater);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            Paging.Write(json, next);
            json.WriteEndObject();
        });
    }

    private static async Task<Reply> AttributesAsync(ApiCall call, ServedFiles files)
    {
        var (_, entry) = await files.FindAsync(call);
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            EntryJson.WriteAttributes(json, entry, files.Faults.Core >= Later);
            json.WriteNull("lock");
            json.WriteEndObject();
        });
    }

    private static async Task<Reply> ResolveAsync(ApiCall call, ServedFiles files)
    {
        var tree = await files.TreeAsync(call);
        var ids = call.Json(JsonValueKind.Array).EnumerateArray()
            .Select(id => id.ValueKind == JsonValueKind.String ? id.GetString()! : throw Refusal.BadRequest("Ids must be text.")).ToArray();
        var entries = ids.Select(id => tree.FindById(id) is { } entry && !files.Faults.IsGone(entry.Path) ? entry : throw Refusal.NoSuchEntry($"ino={id}")).ToArray();
        return Reply.Json(json =>
        {
            json.WriteStartArray();
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("id", entry.Id);
                json.WriteString("path", EntryJson.ListedPath(entry));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }
}

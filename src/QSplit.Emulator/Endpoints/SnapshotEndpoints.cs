using System.Text;
using System.Text.Json;
using QSplit.Emulator.Http;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Endpoints;

/// <summary>Taking, listing, changing and deleting snapshots, in the generations of the API that clusters serve side by side.</summary>
internal sealed class SnapshotEndpoints(IServedVolume volume, SnapshotBook snapshots, Faults faults)
{
    private const string UsualName = "OnDemand";
    private const int LongestName = 200; // bytes: with a number in front and an ending behind it must fit into 255

    // The third generation has other words for it than the fourth.
    private static readonly string[] Filters = ["all", "exclude_in_delete", "only_in_delete"];
    private static readonly string[] LaterFilters = ["all", "api_snapshots_exclude_in_delete", "api_snapshots_exclude_not_in_delete"];

    public IEnumerable<Route> Routes =>
    [
        new("POST", "/v2/snapshots/", (call, _) => TakeAsync(call, new(2, false))),
        new("POST", "/v3/snapshots/", (call, _) => TakeAsync(call, new(3, false))),
        new("GET", "/v2/snapshots/", (call, _) => ListAsync(new(2, false), Deleted(call))),
        new("GET", "/v3/snapshots/", (call, _) => ListAsync(new(3, false), Filter(call, Filters))),
        new("GET", "/v2/snapshots/status/", (call, _) => ListAsync(new(2, true), Deleted(call))),
        new("GET", "/v3/snapshots/status/", (call, _) => ListAsync(new(3, true), Filter(call, Filters))),
        new("GET", "/v4/snapshots/status/", (call, _) => ListAsync(new(4, true), Filter(call, LaterFilters))),
        new("GET", "/v2/snapshots/{}", (call, _) => GetAsync(call, new(2, false))),
        new("GET", "/v3/snapshots/{}", (call, _) => GetAsync(call, new(3, false))),
        new("GET", "/v2/snapshots/status/{}", (call, _) => GetAsync(call, new(2, true))),
        new("GET", "/v3/snapshots/status/{}", (call, _) => GetAsync(call, new(3, true))),
        new("GET", "/v4/snapshots/status/{}", (call, _) => GetAsync(call, new(4, true))),
        new("PATCH", "/v2/snapshots/{}", (call, _) => ChangeAsync(call, new(2, false))),
        new("PATCH", "/v3/snapshots/{}", (call, _) => ChangeAsync(call, new(3, false))),
        new("DELETE", "/v2/snapshots/{}", (call, _) => DeleteAsync(call, 200)),
        new("DELETE", "/v3/snapshots/{}", (call, _) => DeleteAsync(call, 202)),
    ];

    private async Task<Reply> TakeAsync(ApiCall call, SnapshotForm form)
    {
        var body = call.Body.IsEmpty ? default : call.Json(JsonValueKind.Object);
        var expires = ExpiryOf(call, body, form);
        var name = NameOf(Field(body, form.Generation == 2 ? "name" : "name_suffix"));
        var id = Field(body, "source_file_id");
        var source = (id is null ? volume.Head.Find("/") : volume.Head.FindById(id)) ?? throw Refusal.NoSuchEntry($"ino={id}");
        if (source.Type != ServedType.Directory) throw Refusal.NotADirectory(source.Path);
        // As on a cluster, it is taken although the client has gone.
        var taken = await snapshots.TakeAsync(name, source, expires, CancellationToken.None);
        return Reply.Json(json => Write(json, taken, form));
    }

    private async Task<Reply> ListAsync(SnapshotForm form, Listed listed)
    {
        var all = await snapshots.ReadAsync();
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("entries");
            if (listed != Listed.InDelete)
                foreach (var snapshot in all) Write(json, snapshot, form);
            if (listed != Listed.Staying)
                foreach (var snapshot in snapshots.InDelete) Write(json, snapshot, form with { InDelete = true });
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task<Reply> GetAsync(ApiCall call, SnapshotForm form)
    {
        var (snapshot, inDelete) = await snapshots.LookAsync(call.CapturedNumber(0));
        return Reply.Json(json => Write(json, snapshot, form with { InDelete = inDelete }));
    }

    private void Write(Utf8JsonWriter json, ServedSnapshot snapshot, SnapshotForm form) =>
        SnapshotJson.Write(json, snapshot, form with { IsLocked = faults.IsLocked(snapshot.Number), IsOwned = faults.IsOwned(snapshot.Number) });

    private async Task<Reply> ChangeAsync(ApiCall call, SnapshotForm form)
    {
        var changed = await snapshots.ExpireAsync(call.CapturedNumber(0), ExpiryOf(call, call.Body.IsEmpty ? default : call.Json(JsonValueKind.Object), form));
        return Reply.Json(json => Write(json, changed, form));
    }

    private async Task<Reply> DeleteAsync(ApiCall call, int status)
    {
        await snapshots.DeleteAsync(call.CapturedNumber(0));
        return Reply.Nothing(status);
    }

    private DateTimeOffset? ExpiryOf(ApiCall call, JsonElement body, SnapshotForm form)
    {
        var (moment, timeToLive) = (Field(body, "expiration"), form.Generation == 2 ? call.Text("expiration-time-to-live") : null);
        if (!string.IsNullOrEmpty(moment) && !string.IsNullOrEmpty(timeToLive)) throw Refusal.BadRequest("Give expiration or expiration-time-to-live, not both.");
        return string.IsNullOrEmpty(timeToLive) ? ExpiryText.At(moment, snapshots.Now) : ExpiryText.In(timeToLive, snapshots.Now);
    }

    private static string NameOf(string? name)
    {
        if (string.IsNullOrEmpty(name)) return UsualName;
        return Encoding.UTF8.GetByteCount(name) <= LongestName && !name.AsSpan().ContainsAny('/', '\0')
            ? name
            : throw Refusal.BadRequest($"The name '{name}' cannot be that of a directory: at most {LongestName} bytes, without a slash or NUL.");
    }

    private static string? Field(JsonElement body, string name) => body.ValueKind == JsonValueKind.Object ? BodyFields.Text(body, name) : null;

    private static Listed Deleted(ApiCall call) => call.Text("include-in-delete") switch
    {
        "true" => Listed.All,
        null or "false" => Listed.Staying,
        var other => throw Refusal.BadRequest($"include-in-delete must be true or false, not '{other}'."),
    };

    private static Listed Filter(ApiCall call, string[] filters) => Array.IndexOf(filters, call.Text("filter") ?? filters[0]) is var index and >= 0
        ? (Listed)index
        : throw Refusal.BadRequest($"filter must be one of {string.Join(", ", filters)}.");

    /// <summary>In the order of the words for it.</summary>
    private enum Listed
    {
        All,
        Staying,
        InDelete,
    }
}

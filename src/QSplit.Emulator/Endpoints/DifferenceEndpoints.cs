using QSplit.Emulator.Http;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Endpoints;

/// <summary>What changed between two snapshots.</summary>
internal static class DifferenceEndpoints
{
    public static IEnumerable<Route> Routes(IServedVolume volume, SnapshotBook snapshots, Faults faults) =>
        [new("GET", "/v2/snapshots/{}/changes-since/{}", (call, _) => CompareAsync(call, volume, snapshots, faults))];

    private static async Task<Reply> CompareAsync(ApiCall call, IServedVolume volume, SnapshotBook snapshots, Faults faults)
    {
        var limit = Paging.Limit(call, faults);
        var after = (int)Math.Min(call.Number("after", 0) ?? 0, int.MaxValue);
        var newer = await snapshots.FindAsync(call.CapturedNumber(0));
        var older = await snapshots.FindAsync(call.CapturedNumber(1));
        if (newer.SourceId != older.SourceId) throw Refusal.BadRequest($"Snapshots {older.Number} of {older.SourcePath} and {newer.Number} of {newer.SourcePath} are not of the same directory.");
        if (newer.Number <= older.Number) throw Refusal.BadRequest($"Snapshot {newer.Number} is not newer than {older.Number}.");
        var all = volume.Changes(older, newer);
        var changes = (faults.OneName ? ByOneName(all) : all).Skip(after).Take(limit + 1).ToArray();
        var next = changes.Length <= limit ? "" : Paging.Next($"/v2/snapshots/{newer.Number}/changes-since/{older.Number}", call, after + limit);
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("entries");
            foreach (var change in changes.Take(limit))
            {
                json.WriteStartObject();
                json.WriteString("op", change.Operation);
                json.WriteString("path", change.Path);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            Paging.Write(json, next);
            json.WriteEndObject();
        });
    }

    private static IEnumerable<ServedChange> ByOneName(IEnumerable<ServedChange> changes)
    {
        var told = new HashSet<(ulong, ulong)>();
        return changes.Where(change => change is not { Operation: "MODIFY", Linked: { } file } || told.Add(file));
    }
}

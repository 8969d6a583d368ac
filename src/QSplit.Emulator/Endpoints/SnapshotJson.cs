using System.Text.Json;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Endpoints;

/// <summary>How much is said of a snapshot, and in which generation of the API.</summary>
/// <param name="Generation">2, 3 or 4; from 3 on the name is that of its directory in <c>.snapshot</c>.</param>
/// <param name="Status">Whether the path and the owners are told too.</param>
internal sealed record SnapshotForm(int Generation, bool Status)
{
    /// <summary>Whether it is being deleted.</summary>
    public bool InDelete { get; init; }

    public bool IsLocked { get; init; }

    /// <summary>Whether a replication uses it.</summary>
    public bool IsOwned { get; init; }
}

/// <summary>Snapshots as the API writes them.</summary>
internal static class SnapshotJson
{
    public static void Write(Utf8JsonWriter json, ServedSnapshot snapshot, SnapshotForm form)
    {
        json.WriteStartObject();
        json.WriteNumber("id", snapshot.Number);
        json.WriteString("name", form.Generation == 2 ? snapshot.Name : snapshot.Directory);
        json.WriteString("timestamp", EntryJson.Time(snapshot.Taken));
        json.WriteString("source_file_id", snapshot.SourceId);
        if (form.Generation == 2)
        {
            json.WriteString("directory_name", snapshot.Directory);
            json.WriteBoolean("created_by_policy", false);
        }
        else
            json.WriteNull("policy_id");
        json.WriteString("expiration", snapshot.Expires is { } expires ? EntryJson.Time(expires) : "");
        json.WriteBoolean("in_delete", form.InDelete);
        if (form.Status) WriteStatus(json, snapshot, form);
        json.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter json, ServedSnapshot snapshot, SnapshotForm form)
    {
        json.WriteString("source_file_path", snapshot.SourcePath == "/" ? "/" : snapshot.SourcePath + "/");
        json.WriteStartArray("owners");
        if (form.IsOwned)
        {
            json.WriteStartObject();
            json.WriteString("id", "1");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (form.Generation < 4) return;
        json.WriteNull("policy_name");
        if (form.IsLocked) json.WriteString("lock_key", "1");
        else json.WriteNull("lock_key");
    }
}

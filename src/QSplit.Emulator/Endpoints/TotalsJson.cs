using System.Collections.Immutable;
using System.Text.Json;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Endpoints;

/// <summary>Totals as the API writes them: each number is text.</summary>
internal static class TotalsJson
{
    private const int Block = 4096;

    /// <summary>A directory with its largest entries. Its own totals leave the directory itself out of the count; those of an entry count it.</summary>
    public static void Write(Utf8JsonWriter json, ServedEntry directory, ServedTotals totals, ImmutableArray<ListedTotals> largest)
    {
        json.WriteStartObject();
        json.WriteString("path", EntryJson.ListedPath(directory));
        json.WriteString("id", directory.Id);
        WriteTotals(json, totals with { Directories = Math.Max(0, totals.Directories - 1) });
        json.WriteStartArray("files");
        foreach (var (entry, below) in largest)
        {
            json.WriteStartObject();
            json.WriteString("name", entry.Name);
            json.WriteString("type", EntryJson.TypeName(entry.Type));
            json.WriteString("id", entry.Id);
            WriteUsage(json, below);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, ServedTotals totals)
    {
        json.WriteString("total_capacity", Bytes(totals.Data + totals.Meta));
        json.WriteString("total_data", Bytes(totals.Data));
        json.WriteString("total_meta", Bytes(totals.Meta));
        json.WriteString("total_named_stream_data", "0");
        WriteCounts(json, "total", totals);
    }

    private static void WriteUsage(Utf8JsonWriter json, ServedTotals totals)
    {
        json.WriteString("capacity_usage", Bytes(totals.Data + totals.Meta));
        json.WriteString("data_usage", Bytes(totals.Data));
        json.WriteString("meta_usage", Bytes(totals.Meta));
        json.WriteString("named_stream_data_usage", "0");
        WriteCounts(json, "num", totals);
    }

    private static void WriteCounts(Utf8JsonWriter json, string prefix, ServedTotals totals)
    {
        json.WriteString($"{prefix}_files", $"{totals.Files}");
        json.WriteString($"{prefix}_directories", $"{totals.Directories}");
        json.WriteString($"{prefix}_symlinks", $"{totals.Symlinks}");
        json.WriteString($"{prefix}_other_objects", $"{totals.Others}");
        json.WriteString($"{prefix}_named_streams", "0");
    }

    // A large synthetic tree has more bytes than 63 bits hold.
    private static string Bytes(long blocks) => $"{(UInt128)blocks * Block}";
}

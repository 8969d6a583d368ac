using System.Globalization;
using System.Text.Json;

namespace QSplit.Qumulo.Tests.Client;

/// <summary>Answers as a cluster gives them.</summary>
internal static class Said
{
    public const string Attributes = """{"path": "/music/", "name": "music", "type": "FS_FILE_TYPE_DIRECTORY", "id": "94127437418840285971493158914", "size": "1024", "blocks": "1", "new": {"x": [1]}}""";

    /// <summary>Numbers in strings, as real clusters send them. A directory's own totals leave itself out.</summary>
    public static Answer Aggregates(long capacity, long data, long entries, params string[] children) => Answer.Json($$"""
        {"path": "/music/", "id": "7", "total_capacity": "{{capacity}}", "total_data": "{{data}}", "total_meta": "0", "total_files": "{{entries}}",
         "total_directories": "0", "total_symlinks": "0", "total_other_objects": "0", "files": [{{string.Join(",", children)}}]}
        """);

    public static string File(string name, long capacity, string type = "FILE") => Child(name, type, capacity, capacity - 1, type == "SYMLINK" ? 0 : 1);

    public static string Directory(string name, long capacity, long entries) => Child(name, "DIRECTORY", capacity, capacity / 2, entries);

    /// <param name="next">JSON of the value; null leaves the paging out.</param>
    public static Answer Page(string? next, params string[] entries) =>
        Answer.Json($$"""{"path": "/music", "id": "7", "child_count": 9, "files": [{{string.Join(",", entries)}}]{{(next is null ? "" : $$""", "paging": {"next": {{next}}}""")}}}""");

    public static string Entry(string name, string type, long size, long? blocks) => $$"""
        {"path": "/music/x", "name": {{JsonSerializer.Serialize(name)}}, "type": "FS_FILE_TYPE_{{type}}", "id": "12", "size": "{{size}}", "num_links": 1
        {{(blocks is null ? "" : string.Create(CultureInfo.InvariantCulture, $", \"blocks\": \"{blocks}\""))}} }
        """;

    public static Answer Snapshot(string id, string name, string? directory, string source, string expiration = "", bool inDelete = false) => Answer.Json(SnapshotText(id, name, directory, source, expiration, inDelete));

    public static string SnapshotText(string id, string name, string? directory, string source, string expiration = "", bool inDelete = false) => $$"""
        {"id": {{id}}, "name": "{{name}}", "timestamp": "2026-11-22T17:00:38.357182213Z", {{(directory is null ? "" : $"\"directory_name\": \"{directory}\",")}}
         "source_file_id": "{{source}}", "expiration": "{{expiration}}", "in_delete": {{(inDelete ? "true" : "false")}}, "policy_id": null}
        """;

    private static string Child(string name, string type, long capacity, long data, long entries) => $$"""
        {"name": {{JsonSerializer.Serialize(name)}}, "type": "FS_FILE_TYPE_{{type}}", "id": "9", "capacity_usage": "{{capacity}}", "data_usage": "{{data}}", "meta_usage": "0",
         "num_files": "{{(type == "DIRECTORY" ? entries - 1 : entries)}}", "num_directories": "{{(type == "DIRECTORY" ? 1 : 0)}}", "num_symlinks": "0", "num_other_objects": "0"}
        """;
}

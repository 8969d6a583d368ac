using System.Text.Json;
using QSplit.Qumulo.Calls;
using QSplit.Qumulo.Wire;

namespace QSplit.Qumulo.Api;

/// <summary>The calls that QSplit makes, and what it takes an account to make them. Paths are absolute, as on the cluster.</summary>
internal static class QumuloApi
{
    private const string Readable = "PRIVILEGE_FS_ATTRIBUTES_READ";

    public static ApiCall<VersionAnswer> Version { get; } = new("/v1/version", "the version of its software", WireJson.Default.VersionAnswer);

    public static ApiCall<SettingsAnswer> Settings { get; } = new("/v1/cluster/settings", "its name", WireJson.Default.SettingsAnswer);

    public static ApiCall<WhoAmIAnswer> WhoAmI { get; } = new("/v1/session/who-am-i", "signing in", WireJson.Default.WhoAmIAnswer);

    public static ApiCall<FileSystemAnswer> FileSystem { get; } = new("/v1/file-system", "its size", WireJson.Default.FileSystemAnswer) { Privilege = Readable };

    /// <param name="reference">A path or an id.</param>
    public static ApiCall<AttributesAnswer> Attributes(string reference, string? snapshot) =>
        new($"/v1/files/{Escape(reference)}/info/attributes{Query(Snapshot(snapshot))}", About(reference), WireJson.Default.AttributesAnswer) { Privilege = Readable };

    /// <param name="children">How many at most, the largest of them.</param>
    public static ApiCall<AggregatesAnswer> Aggregates(string path, string? snapshot, int children) =>
        new($"/v1/files/{Escape(path)}/aggregates/{Query($"max-entries={children}", "order-by=total_blocks", Snapshot(snapshot))}", About(path), WireJson.Default.AggregatesAnswer)
        {
            Privilege = Readable,
        };

    /// <summary>The first page of a listing.</summary>
    public static ApiCall<ListingAnswer> Entries(string path, string? snapshot, int limit) =>
        new($"/v1/files/{Escape(path)}/entries/{Query($"limit={limit}", Snapshot(snapshot))}", About(path), WireJson.Default.ListingAnswer) { Privilege = Readable };

    /// <summary>The same, with the times of entries.</summary>
    public static ApiCall<TimedListingAnswer> TimedEntries(string path, string? snapshot, int limit) =>
        new($"/v1/files/{Escape(path)}/entries/{Query($"limit={limit}", Snapshot(snapshot))}", About(path), WireJson.Default.TimedListingAnswer) { Privilege = Readable };

    /// <summary>Snapshots by the API of <paramref name="generation"/> 2 or 3.</summary>
    public static ApiCall<SnapshotAnswer> Snapshot(int generation, string id) =>
        new($"/v{generation}/snapshots/{Escape(id)}", $"snapshot {id}", WireJson.Default.SnapshotAnswer) { Privilege = "PRIVILEGE_SNAPSHOT_READ" };

    /// <summary>The first page of what is different between two snapshots of one directory.</summary>
    public static ApiCall<DifferenceAnswer> Changes(string newer, string older) =>
        new($"/v2/snapshots/{Escape(newer)}/changes-since/{Escape(older)}", $"the difference of snapshots {older} and {newer}", WireJson.Default.DifferenceAnswer) { Privilege = "PRIVILEGE_SNAPSHOT_DIFFERENCE_READ" };

    public static ApiCall<SnapshotListAnswer> Snapshots(int generation) =>
        new($"/v{generation}/snapshots/{(generation == 2 ? "?include-in-delete=false" : "?filter=exclude_in_delete")}", "its snapshots", WireJson.Default.SnapshotListAnswer)
        {
            Privilege = "PRIVILEGE_SNAPSHOT_READ",
        };

    public static ApiCall<SnapshotAnswer> TakeSnapshot(int generation, string path, SnapshotRequest request) =>
        new($"/v{generation}/snapshots/", $"a snapshot of {path}", WireJson.Default.SnapshotAnswer)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Default.SnapshotRequest),
            // Sent twice it makes two. Who takes one looks for it after a fault.
            Repeatable = false,
            Privilege = "PRIVILEGE_SNAPSHOT_WRITE",
        };

    public static ApiCall<SnapshotAnswer> DropSnapshot(int generation, string id) =>
        new($"/v{generation}/snapshots/{Escape(id)}", $"snapshot {id}", WireJson.Default.SnapshotAnswer) { Deleted = new(id, null, null, null, null, null, InDelete: true), Privilege = "PRIVILEGE_SNAPSHOT_WRITE" };

    /// <summary>A whole path is one segment of the URL, its slashes escaped.</summary>
    private static string Escape(string reference) => Uri.EscapeDataString(reference);

    private static string About(string reference) => reference.StartsWith('/') ? reference : $"the entry with id {reference}";

    private static string? Snapshot(string? id) => id is null ? null : $"snapshot={Escape(id)}";

    private static string Query(params string?[] parts) => parts.Any(part => part is not null) ? "?" + string.Join('&', parts.OfType<string>()) : "";
}

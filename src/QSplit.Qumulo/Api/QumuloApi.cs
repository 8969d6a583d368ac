using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QSplit.Clusters;
using QSplit.Qumulo.Calls;
using QSplit.Qumulo.Wire;

namespace QSplit.Qumulo.Api;

/// <summary>The calls that QSplit makes, and what it takes an account to make them. Paths are absolute, as on the cluster.</summary>
internal static class QumuloApi
{
    private const string Readable = "PRIVILEGE_FS_ATTRIBUTES_READ";
    private const string Finding = "PRIVILEGE_SNAPSHOT_READ";
    private const string Taking = "PRIVILEGE_SNAPSHOT_WRITE";
    private const string Comparing = "PRIVILEGE_SNAPSHOT_DIFFERENCE_READ";

    public static ApiCall<VersionAnswer> Version { get; } = new("/v1/version", "the version of its software", WireJson.Default.VersionAnswer);

    public static ApiCall<SettingsAnswer> Settings { get; } = new("/v1/cluster/settings", "its name", WireJson.Default.SettingsAnswer);

    public static ApiCall<WhoAmIAnswer> WhoAmI { get; } = new("/v1/session/who-am-i", "signing in", WireJson.Default.WhoAmIAnswer);

    public static ApiCall<FileSystemAnswer> FileSystem { get; } = new("/v1/file-system", "its size", WireJson.Default.FileSystemAnswer) { Privilege = Readable };

    /// <summary>What an account must have for all of <paramref name="rights"/>.</summary>
    public static IEnumerable<string> PrivilegesFor(ClusterRights rights)
    {
        if (rights.HasFlag(ClusterRights.Read)) yield return Readable;
        if (rights.HasFlag(ClusterRights.FindSnapshots)) yield return Finding;
        if (rights.HasFlag(ClusterRights.TakeSnapshots)) yield return Taking;
        if (rights.HasFlag(ClusterRights.CompareSnapshots)) yield return Comparing;
    }

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
    /// <param name="leavesAtime">Whether the directory keeps its access time: for versions that can do that.</param>
    public static ApiCall<ListingAnswer> Entries(string path, string? snapshot, int limit, bool leavesAtime) =>
        Listing(path, snapshot, limit, leavesAtime, WireJson.Default.ListingAnswer);

    /// <summary>The same, with the times of entries.</summary>
    public static ApiCall<TimedListingAnswer> TimedEntries(string path, string? snapshot, int limit, bool leavesAtime) =>
        Listing(path, snapshot, limit, leavesAtime, WireJson.Default.TimedListingAnswer);

    /// <summary>The same, with the ids of entries and the numbers of their names.</summary>
    public static ApiCall<LinkListingAnswer> LinkedEntries(string path, string? snapshot, int limit, bool leavesAtime) =>
        Listing(path, snapshot, limit, leavesAtime, WireJson.Default.LinkListingAnswer);

    /// <summary>Snapshots by the API of <paramref name="generation"/> 2 or 3.</summary>
    public static ApiCall<SnapshotAnswer> Snapshot(int generation, string id) =>
        new($"/v{generation}/snapshots/{Escape(id)}", $"snapshot {id}", WireJson.Default.SnapshotAnswer) { Privilege = Finding };

    /// <summary>Why a snapshot cannot be deleted, by the API of <paramref name="generation"/> 2, 3 or 4; only the last tells of locks.</summary>
    public static ApiCall<SnapshotStatusAnswer> SnapshotStatus(int generation, string id) =>
        new($"/v{generation}/snapshots/status/{Escape(id)}", $"snapshot {id}", WireJson.Default.SnapshotStatusAnswer) { Privilege = Finding };

    /// <summary>The first page of what is different between two snapshots of one directory.</summary>
    public static ApiCall<DifferenceAnswer> Changes(string newer, string older) =>
        new($"/v2/snapshots/{Escape(newer)}/changes-since/{Escape(older)}", $"the difference of snapshots {older} and {newer}", WireJson.Default.DifferenceAnswer) { Privilege = Comparing };

    public static ApiCall<SnapshotListAnswer> Snapshots(int generation) =>
        new($"/v{generation}/snapshots/{(generation == 2 ? "?include-in-delete=false" : "?filter=exclude_in_delete")}", "its snapshots", WireJson.Default.SnapshotListAnswer)
        {
            Privilege = Finding,
        };

    public static ApiCall<SnapshotAnswer> TakeSnapshot(int generation, string path, SnapshotRequest request) =>
        new($"/v{generation}/snapshots/", $"a snapshot of {path}", WireJson.Default.SnapshotAnswer)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Default.SnapshotRequest),
            // Sent twice it makes two. Who takes one looks for it after a fault.
            Repeatable = false,
            Privilege = Taking,
        };

    public static ApiCall<SnapshotAnswer> DropSnapshot(int generation, string id) =>
        new($"/v{generation}/snapshots/{Escape(id)}", $"snapshot {id}", WireJson.Default.SnapshotAnswer) { Deleted = new(id, null, null, null, null, null, InDelete: true), Privilege = Taking };

    private static ApiCall<T> Listing<T>(string path, string? snapshot, int limit, bool leavesAtime, JsonTypeInfo<T> answer) where T : class =>
        new($"/v1/files/{Escape(path)}/entries/{Query($"limit={limit}", Snapshot(snapshot), leavesAtime ? "skip-atime-update=true" : null)}", About(path), answer)
        {
            Privilege = Readable,
        };

    /// <summary>A whole path is one segment of the URL, its slashes escaped.</summary>
    private static string Escape(string reference) => Uri.EscapeDataString(reference);

    private static string About(string reference) => reference.StartsWith('/') ? reference : $"the entry with id {reference}";

    private static string? Snapshot(string? id) => id is null ? null : $"snapshot={Escape(id)}";

    private static string Query(params string?[] parts) => parts.Any(part => part is not null) ? "?" + string.Join('&', parts.OfType<string>()) : "";
}

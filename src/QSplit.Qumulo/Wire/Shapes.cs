using System.Text.Json.Serialization;
using QSplit.Trees;

namespace QSplit.Qumulo.Wire;

// What the API sends, as far as QSplit reads it. Everything may be missing: versions differ, and unknown fields are ignored.

/// <param name="Files">Largest first, at most as many as were asked for.</param>
internal sealed record AggregatesAnswer(
    long TotalCapacity, long TotalData, long TotalFiles, long TotalDirectories, long TotalSymlinks, long TotalOtherObjects, AggregatedEntry[]? Files);

/// <param name="NumDirectories">Counts the entry itself, where it is a directory; <see cref="AggregatesAnswer.TotalDirectories"/> does not.</param>
internal sealed record AggregatedEntry(
    EntryName Name, EntryKind? Type, long CapacityUsage, long DataUsage, long NumFiles, long NumDirectories, long NumSymlinks, long NumOtherObjects);

/// <param name="ChildCount">How many entries the directory has, on all pages together.</param>
internal sealed record ListingAnswer(PagedEntry[]? Files, long? ChildCount, [property: JsonPropertyName("paging")] PagingAnswer? Pages);

/// <param name="Next">The target of the next request, word for word; empty, null and absent end the pages.</param>
internal sealed record PagingAnswer(string? Next);

/// <param name="Size">Bytes as a reader sees them.</param>
/// <param name="Blocks">Of 4,096 bytes, allocated.</param>
/// <param name="Datablocks">Of those, what is no metadata.</param>
/// <param name="LogicalDatablocks">The same before the cluster makes it smaller: what a copy holds. Since 7.9.</param>
internal readonly record struct PagedEntry(EntryName Name, EntryKind? Type, long Size, long? Blocks, long? Datablocks, long? LogicalDatablocks);

/// <param name="Size">Bytes as a reader sees them.</param>
/// <param name="Blocks">Of 4,096 bytes, allocated; so the other two, as of <see cref="PagedEntry"/>.</param>
internal sealed record AttributesAnswer(
    string? Path,
    string? Type,
    [property: JsonConverter(typeof(IdConverter))] string? Id,
    long Size = 0,
    long? Blocks = null,
    long? Datablocks = null,
    long? LogicalDatablocks = null,
    long NumLinks = 1);

/// <param name="Files">With what tells names of one file apart from others.</param>
internal sealed record LinkListingAnswer(LinkedEntry[]? Files, [property: JsonPropertyName("paging")] PagingAnswer? Pages);

/// <param name="Id">Of the file, whichever name.</param>
/// <param name="NumLinks">How many names it has, in this directory and elsewhere.</param>
internal readonly record struct LinkedEntry(EntryName Name, EntryKind? Type, UInt128? Id, long NumLinks);

/// <param name="Files">With times, which only those read who go by them: a survey reads millions of entries.</param>
internal sealed record TimedListingAnswer(TimedEntry[]? Files, [property: JsonPropertyName("paging")] PagingAnswer? Pages);

/// <param name="CreationTime">Its birth, whatever its name was then.</param>
internal readonly record struct TimedEntry(EntryName Name, EntryKind? Type, DateTimeOffset? ChangeTime, DateTimeOffset? CreationTime);

internal sealed record DifferenceAnswer(ChangeAnswer[]? Entries, [property: JsonPropertyName("paging")] PagingAnswer? Pages);

/// <param name="Op">CREATE, MODIFY or DELETE.</param>
/// <param name="Path">Absolute; of a directory with a slash at its end.</param>
internal readonly record struct ChangeAnswer(string? Op, EntryName Path);

internal sealed record FileSystemAnswer(long? BlockSizeBytes, UInt128? FreeSizeBytes, UInt128? RawSizeBytes, UInt128? TotalSizeBytes, UInt128? SnapshotSizeBytes);

internal sealed record VersionAnswer(string? RevisionId);

internal sealed record SettingsAnswer(string? ClusterName);

/// <param name="Privileges">Such as <c>PRIVILEGE_SNAPSHOT_READ</c>; null where the server does not tell.</param>
internal sealed record WhoAmIAnswer(string? Name, string[]? Privileges);

internal sealed record SnapshotListAnswer(SnapshotAnswer[]? Entries);

/// <param name="Name">As given when it was made (v2), or the name of its directory (v3).</param>
/// <param name="DirectoryName">Only v2.</param>
/// <param name="Expiration">Empty is never.</param>
internal sealed record SnapshotAnswer(
    [property: JsonConverter(typeof(IdConverter))] string? Id,
    string? Name,
    string? Timestamp,
    string? DirectoryName,
    [property: JsonConverter(typeof(IdConverter))] string? SourceFileId,
    string? Expiration,
    bool InDelete);

/// <param name="LockKey">Its id; null where the snapshot is not locked. Of later versions.</param>
/// <param name="Owners">Replications that use it.</param>
internal sealed record SnapshotStatusAnswer([property: JsonConverter(typeof(IdConverter))] string? LockKey, SnapshotOwner[]? Owners);

internal sealed record SnapshotOwner([property: JsonConverter(typeof(IdConverter))] string? Id);

/// <param name="Name">v2.</param>
/// <param name="NameSuffix">v3.</param>
internal sealed record SnapshotRequest(string? Name, string? NameSuffix, string Expiration, string SourceFileId);

internal sealed record ErrorAnswer(string? ErrorClass, string? Description, ErrorAnswer? Inner);

internal sealed record CredentialsDocument(string? BearerToken, int? Version);

/// <summary>No record: those print what they hold.</summary>
internal sealed class LoginRequest(string username, string password)
{
    public string Username => username;

    public string Password => password;
}

/// <summary>No record: those print what they hold.</summary>
internal sealed class LoginAnswer
{
    public string? BearerToken { get; init; }
}

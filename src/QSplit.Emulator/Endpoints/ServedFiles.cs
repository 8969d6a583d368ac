using QSplit.Emulator.Http;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Endpoints;

/// <summary>Finds what a call is about: in the tree as it is, or in a snapshot.</summary>
internal sealed class ServedFiles(IServedVolume volume, SnapshotBook snapshots, Faults faults)
{
    public Faults Faults => faults;

    /// <summary>The tree that the call asks about: that of <c>snapshot</c>, or what is there now.</summary>
    public async Task<IServedTree> TreeAsync(ApiCall call) =>
        call.Number("snapshot", 0) is { } number ? volume.In(await snapshots.FindAsync(number)) : volume.Head;

    /// <summary>The entry that the first captured segment names: an absolute path, or an id.</summary>
    /// <exception cref="Refusal">It is not there, or neither.</exception>
    public async Task<(IServedTree Tree, ServedEntry Entry)> FindAsync(ApiCall call)
    {
        var tree = await TreeAsync(call);
        var reference = RawTarget.Decode(call.Captured[0]);
        var entry = reference.StartsWith('/') ? tree.Find(reference.TrimEnd('/') is { Length: > 0 } path ? path : "/")
            : reference.All(char.IsAsciiDigit) ? tree.FindById(reference)
            : throw Refusal.BadRequest($"'{reference}' is neither an absolute path nor an id.");
        if (entry is null || faults.IsGone(entry.Path)) throw Refusal.NoSuchEntry(reference);
        if (faults.RefusalOf(entry.Path) is { } error)
            throw new Refusal(error.Contains("stale", StringComparison.Ordinal) ? 404 : 400, error, $"{entry.Path}: a fault that was asked for.");
        if (faults.RefuseUncovered && call.Number("snapshot", 0) is { } number && !(await snapshots.FindAsync(number)).Covers(entry.Path))
            throw new Refusal(400, "fs_file_not_covered_by_snapshot_error", $"{entry.Path} is not covered by snapshot {number}.");
        return (tree, entry);
    }

    /// <summary>As <see cref="FindAsync"/>, and it is a directory.</summary>
    public async Task<(IServedTree Tree, ServedEntry Directory)> FindDirectoryAsync(ApiCall call)
    {
        var (tree, entry) = await FindAsync(call);
        return entry.Type == ServedType.Directory ? (tree, entry) : throw Refusal.NotADirectory(entry.Path);
    }
}

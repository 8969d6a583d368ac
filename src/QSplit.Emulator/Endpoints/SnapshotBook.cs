using QSplit.Emulator.Http;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Endpoints;

/// <summary>The snapshots that there are. Those whose time has come are let go of before anyone sees the list again.</summary>
internal sealed class SnapshotBook(IServedVolume volume, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, ServedSnapshot> _byNumber = new(volume.Kept.ToDictionary(snapshot => snapshot.Number));
    private long _last = volume.LastNumber;

    public DateTimeOffset Now => time.GetUtcNow();

    public async Task<IReadOnlyList<ServedSnapshot>> ReadAsync()
    {
        ServedSnapshot[] expired;
        lock (_gate)
        {
            expired = [.. _byNumber.Values.Where(snapshot => snapshot.Expires <= Now)];
            foreach (var snapshot in expired) _byNumber.Remove(snapshot.Number);
        }
        // Not to be broken off by a client that goes away: half a copy would be left.
        foreach (var snapshot in expired) await volume.ForgetAsync(snapshot, CancellationToken.None);
        lock (_gate) return [.. _byNumber.Values];
    }

    /// <exception cref="Refusal">There is none with that number, or none any more.</exception>
    public async Task<ServedSnapshot> FindAsync(long number) =>
        (await ReadAsync()).FirstOrDefault(snapshot => snapshot.Number == number) ?? throw new Refusal(404, "snapshot_not_found_error", $"There is no snapshot {number}.");

    public async Task<ServedSnapshot> TakeAsync(string name, ServedEntry directory, DateTimeOffset? expires, CancellationToken cancellationToken)
    {
        var snapshot = new ServedSnapshot(Interlocked.Increment(ref _last), name, directory.Id, directory.Path, Now, expires);
        await volume.FreezeAsync(snapshot, cancellationToken);
        lock (_gate) _byNumber.Add(snapshot.Number, snapshot);
        return snapshot;
    }

    public async Task<ServedSnapshot> ExpireAsync(long number, DateTimeOffset? expires)
    {
        var changed = await FindAsync(number) with { Expires = expires };
        volume.Remember(changed);
        lock (_gate) _byNumber[number] = changed;
        return changed;
    }

    public async Task DeleteAsync(long number)
    {
        var snapshot = await FindAsync(number);
        lock (_gate) _byNumber.Remove(number);
        await volume.ForgetAsync(snapshot, CancellationToken.None);
    }
}

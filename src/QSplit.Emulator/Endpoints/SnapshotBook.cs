using QSplit.Emulator.Http;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Endpoints;

/// <summary>The snapshots that there are. Those whose time has come are let go of before anyone sees the list again.</summary>
/// <param name="faults">Say what cannot be deleted, and how long that takes.</param>
internal sealed class SnapshotBook(IServedVolume volume, Faults faults, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, ServedSnapshot> _byNumber = new(volume.Kept.ToDictionary(snapshot => snapshot.Number));
    private readonly SortedDictionary<long, (ServedSnapshot Snapshot, int Calls)> _inDelete = [];
    private long _last = volume.LastNumber;

    public DateTimeOffset Now => time.GetUtcNow();

    public async Task<IReadOnlyList<ServedSnapshot>> ReadAsync()
    {
        ServedSnapshot[] expired;
        lock (_gate)
        {
            foreach (var (number, (snapshot, calls)) in _inDelete.ToArray()) _inDelete[number] = (snapshot, calls - 1);
            var deleted = _inDelete.Values.Where(one => one.Calls < 0).Select(one => one.Snapshot);
            expired = [.. _byNumber.Values.Where(snapshot => snapshot.Expires <= Now), .. deleted];
            foreach (var snapshot in expired)
            {
                _byNumber.Remove(snapshot.Number);
                _inDelete.Remove(snapshot.Number);
            }
        }
        // Not to be broken off by a client that goes away: half a copy would be left.
        foreach (var snapshot in expired) await volume.ForgetAsync(snapshot, CancellationToken.None);
        lock (_gate) return [.. _byNumber.Values];
    }

    /// <summary>Those that are being deleted.</summary>
    public IReadOnlyList<ServedSnapshot> InDelete
    {
        get
        {
            lock (_gate) return [.. _inDelete.Values.Select(one => one.Snapshot)];
        }
    }

    /// <summary>As <see cref="FindAsync"/>, or one that is being deleted.</summary>
    public async Task<(ServedSnapshot Snapshot, bool InDelete)> LookAsync(long number)
    {
        var all = await ReadAsync();
        if (InDelete.FirstOrDefault(snapshot => snapshot.Number == number) is { } leaving) return (leaving, true);
        return (all.FirstOrDefault(snapshot => snapshot.Number == number) ?? throw None(number), false);
    }

    /// <exception cref="Refusal">There is none with that number, or none any more.</exception>
    public async Task<ServedSnapshot> FindAsync(long number) =>
        (await ReadAsync()).FirstOrDefault(snapshot => snapshot.Number == number) ?? throw None(number);

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
        if (faults.IsLocked(number)) throw new Refusal(409, "snapshot_locked_error", $"Snapshot {number} is locked.");
        if (faults.IsOwned(number)) throw new Refusal(409, "snapshot_in_use_error", $"Snapshot {number} is in use.");
        lock (_gate)
        {
            _byNumber.Remove(number);
            if (faults.Deleting > 0) _inDelete[number] = (snapshot, faults.Deleting);
        }
        if (faults.Deleting == 0) await volume.ForgetAsync(snapshot, CancellationToken.None);
    }

    private static Refusal None(long number) => new(404, "snapshot_not_found_error", $"There is no snapshot {number}.");
}

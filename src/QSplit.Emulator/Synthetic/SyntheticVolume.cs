using System.Collections.Concurrent;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Synthetic;

/// <summary>
/// A file system that exists only as arithmetic. Each snapshot begins a revision, in which <see cref="SyntheticSpec.Changes"/> entries are otherwise than in the
/// one before: half of them are deleted or created in <c>/arrivals</c> (with the line for that directory itself), the rest are files anywhere that were written anew at their old size. So no revision
/// changes a total. The head shows what comes after the latest snapshot. Nothing outlives the process.
/// </summary>
/// <remarks>With fewer than four changes all are files written anew. Times are those of the arithmetic, one revision a day, not of the clock.</remarks>
internal sealed class SyntheticVolume : IServedVolume
{
    private readonly SyntheticSpec _spec;
    private readonly Forks _forks;
    private readonly Arrivals _arrivals;
    private readonly Modifications _modifications;
    private readonly ConcurrentDictionary<long, int> _revisionOf = new();
    private int _head;

    public SyntheticVolume(SyntheticSpec spec)
    {
        _spec = spec;
        _forks = new(spec);
        _arrivals = new(spec, _forks.Root);
        _modifications = new(spec, _forks, _arrivals);
        Head = Tree(_ => Volatile.Read(ref _head));
    }

    public IServedTree Head { get; }

    /// <summary>Four fifths are used.</summary>
    public (UInt128 Total, UInt128 Free) Capacity => ((UInt128)_spec.Bytes * 5 / 4, (UInt128)_spec.Bytes / 4);

    public IReadOnlyList<ServedSnapshot> Kept => [];

    public long LastNumber => 0;

    public Task FreezeAsync(ServedSnapshot snapshot, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_revisionOf.TryAdd(snapshot.Number, Interlocked.Increment(ref _head) - 1)) throw new ArgumentException($"Snapshot {snapshot.Number} was taken before.", nameof(snapshot));
        return Task.CompletedTask;
    }

    public IServedTree In(ServedSnapshot snapshot)
    {
        var frozen = RevisionOf(snapshot);
        return Tree(path => IsWithin(path, snapshot.SourcePath) ? frozen : Volatile.Read(ref _head));
    }

    public void Remember(ServedSnapshot snapshot)
    {
    }

    public Task ForgetAsync(ServedSnapshot snapshot, CancellationToken cancellationToken)
    {
        _revisionOf.TryRemove(snapshot.Number, out _);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>Those written anew in the order of their ranks, then those of <c>/arrivals</c>. A file that two revisions wrote is there once.</remarks>
    public IEnumerable<ServedChange> Changes(ServedSnapshot older, ServedSnapshot newer)
    {
        var (from, to) = (RevisionOf(older), RevisionOf(newer));
        var tree = Tree(_ => to);
        return Enumerable.Range(from + 1, Math.Max(0, to - from))
            .SelectMany(revision => _modifications.In(revision)).Distinct().Order()
            .Select(rank => new ServedChange("MODIFY", tree.FindByRank(rank).Path))
            .Concat(_arrivals.Between(from, to))
            .Where(change => IsWithin(change.Path, older.SourcePath));
    }

    private static bool IsWithin(string path, string directory) =>
        directory == "/" || (path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/'));

    private SyntheticTree Tree(Func<string, int> revisionAt) => new(_forks, _arrivals, _modifications, revisionAt);

    private int RevisionOf(ServedSnapshot snapshot) =>
        _revisionOf.TryGetValue(snapshot.Number, out var revision) ? revision : throw new ArgumentException($"There is no snapshot {snapshot.Number}.", nameof(snapshot));
}

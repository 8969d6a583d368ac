namespace QSplit.Emulator.Synthetic;

/// <summary>Divides directories, and remembers some of those it divided last: a fixed number of places, each for one directory at a time, so that it never grows with the tree.</summary>
internal sealed class Forks(SyntheticSpec spec)
{
    private const int Places = 1024;

    private readonly ShapeRules _rules = new(spec);

    // A place is written and read in one go, and what is in it never changes: no lock is needed.
    private readonly Fork?[] _last = new Fork?[Places];

    public Parcel Root { get; } = Parcel.Root(spec);

    public DirectoryShape OutlineOf(in Parcel parcel) => _rules.OutlineOf(parcel);

    public Fork Of(in Parcel parcel)
    {
        ref var place = ref _last[parcel.Seed % Places];
        var kept = Volatile.Read(ref place);
        if (kept is not null && kept.Parcel == parcel) return kept;
        var outline = _rules.OutlineOf(parcel);
        var (directories, looseData) = _rules.Divide(parcel, outline);
        var fork = new Fork(parcel, outline, directories, looseData);
        Volatile.Write(ref place, fork);
        return fork;
    }

    /// <summary>The directory that has the entry of a rank right in it, the way there, and the entry's index in it.</summary>
    /// <param name="rank">Not that of the root.</param>
    /// <param name="way">The directories on the way, the root first; the last is the one returned.</param>
    public (Fork Directory, long Index) Locate(long rank, List<Fork>? way = null)
    {
        for (var parcel = Root; ;)
        {
            var fork = Of(parcel);
            way?.Add(fork);
            var index = fork.IndexOf(rank);
            if (fork.RankOf(index) == rank) return (fork, index);
            parcel = fork.Directories[index];
        }
    }
}

using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace QSplit.Emulator.Synthetic;

/// <summary>Which files each revision writes anew, sizes unchanged: what is kept grows with the changes, never with the tree.</summary>
internal sealed class Modifications(SyntheticSpec spec, Forks forks, Arrivals arrivals)
{
    private readonly ConcurrentDictionary<int, FrozenSet<long>> _byRevision = new();

    /// <summary>The ranks of those that a revision, from 1, has otherwise than the one before it.</summary>
    public FrozenSet<long> In(int revision) => _byRevision.GetOrAdd(revision, Choose);

    /// <summary>The latest revision up to <paramref name="revision"/> that wrote a file; 0 for none.</summary>
    public int LastOf(long rank, int revision)
    {
        if (spec.Changes == 0) return 0;
        while (revision > 0 && !In(revision).Contains(rank)) revision--;
        return revision;
    }

    private FrozenSet<long> Choose(int revision)
    {
        var chosen = new HashSet<long>();
        var seed = Chance.Mix(spec.Seed, (ulong)revision);
        for (ulong attempt = 0; chosen.Count < spec.Changes - arrivals.Lines; attempt++)
        {
            var rank = 1 + Chance.Below(Chance.Mix(seed, attempt), forks.Root.Entries - 1);
            var (directory, index) = forks.Locate(rank);
            var file = index - directory.Outline.Directories;
            if (file >= 0 && file < directory.Outline.Files) chosen.Add(rank);
        }
        return chosen.ToFrozenSet();
    }
}

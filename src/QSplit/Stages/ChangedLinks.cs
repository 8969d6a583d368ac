using System.Collections.Immutable;
using QSplit.Reports;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>
/// Files with several names among changes. A cluster may tell of a change under one of them only; on the target each has to change, whether it is
/// a link there or a file of its own.
/// </summary>
/// <param name="Names">All that are known.</param>
/// <param name="Others">Those among them that were not told of as changed.</param>
internal sealed record ChangedLinks(ImmutableArray<LinkedName> Names, ImmutableArray<LinkedName> Others)
{
    /// <param name="measured">The changed entries that are no directories.</param>
    /// <param name="now">What the changes led to.</param>
    /// <param name="leftOut">Directories that are not copied.</param>
    /// <param name="keepsLinks">Whether names of one file are to be links on the target: then those in new directories matter, too.</param>
    /// <exception cref="StorageException">The cluster cannot be asked.</exception>
    public static async Task<ChangedLinks> FindAsync(
        ImmutableArray<(EntryPath Path, ChangedPart What)> copied,
        IReadOnlyDictionary<EntryPath, MeasuredEntry> measured,
        ITreeSource now,
        Func<EntryPath, bool> leftOut,
        bool keepsLinks,
        Action<string> say,
        CancellationToken cancellationToken)
    {
        var known = new List<LinkedName>();
        foreach (var (path, entry) in measured)
            if (entry is { Links: > 1, File: { } file }) known.Add(new(path, file, entry.Links));
        var whole = copied.Where(change => change.What == ChangedPart.Whole).Select(change => change.Path).ToHashSet();
        if (keepsLinks)
            foreach (var directory in whole) known.AddRange(await now.ListLinkedNamesAsync(directory, leftOut, cancellationToken) ?? []);
        var incomplete = known.GroupBy(name => name.File).Where(names => names.Count() < names.First().Links).Select(names => names.Key).ToHashSet();
        if (incomplete.Count == 0) return new([.. known], []);
        say($"{Humane.Count(incomplete.Count, "changed file has", "changed files have")} names that the cluster did not tell: every directory is listed for them");
        var told = known.Select(name => name.Path).Concat(copied.Select(change => change.Path)).ToHashSet();
        var others = (await now.ListLinkedNamesAsync(EntryPath.Root, leftOut, cancellationToken) ?? [])
            .Where(name => incomplete.Contains(name.File) && !told.Contains(name.Path) && !ChangeRules.IsBelow(name.Path, whole)).ToImmutableArray();
        return new([.. known, .. others], others);
    }
}

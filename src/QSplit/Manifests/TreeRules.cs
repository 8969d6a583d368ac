namespace QSplit.Manifests;

/// <summary>A directory as the manifest names it, in full, and with the symbolic links in it followed.</summary>
internal readonly record struct MountedTree(string Path, string Real)
{
    public static MountedTree At(string path) => new(path, Paths.Real(path));

    public bool IsWithin(MountedTree outer) => Paths.IsWithin(Real, outer.Real);

    public override string ToString() => Path == Real ? $"'{Path}'" : $"'{Path}' (by links '{Real}')";
}

/// <summary>How sources and targets may lie to each other: a copy never reads what it writes, and no two copies write the same.</summary>
internal static class TreeRules
{
    /// <summary>Why nothing can be copied from one to the other, as the rest of a sentence about the target; null when it can.</summary>
    public static string? WhyNotCopy(MountedTree source, MountedTree target) =>
        source.Real == target.Real ? $"must not be the source itself, is {target}"
        : target.IsWithin(source) ? $"must not be inside the source {source}, is {target}"
        : source.IsWithin(target) ? $"must not hold the source {source}, is {target}"
        : null;

    /// <summary>Why a migration cannot write to <paramref name="target"/> when the one called <paramref name="other"/> writes to <paramref name="taken"/>.</summary>
    public static string? WhyNotBoth(MountedTree target, string other, MountedTree taken) =>
        target.Real == taken.Real ? $"must not be the target of migration '{other}' too, is {target}"
        : target.IsWithin(taken) ? $"must not be inside the target of migration '{other}', {taken}, is {target}"
        : taken.IsWithin(target) ? $"must not hold the target of migration '{other}', {taken}, is {target}"
        : null;
}

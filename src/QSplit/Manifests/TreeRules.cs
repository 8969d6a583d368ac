namespace QSplit.Manifests;

/// <summary>A directory as the manifest names it, in full, and with the symbolic links in it followed.</summary>
/// <param name="IsOnWindows">Whether it is a path of Windows: there names are the same in any case of letters, and nothing is known here of its links.</param>
internal readonly record struct MountedTree(string Path, string Real, bool IsOnWindows)
{
    public static MountedTree At(string path, bool isOnWindows) => new(path, isOnWindows ? path : Paths.Real(path), isOnWindows);

    /// <summary>The same without a look at this machine's links.</summary>
    public static MountedTree AsWritten(string path, bool isOnWindows) => new(path, path, isOnWindows);

    public bool IsSame(MountedTree other) => IsWithin(other) && other.IsWithin(this);

    public bool IsWithin(MountedTree outer) =>
        IsOnWindows == outer.IsOnWindows && (IsOnWindows ? WindowsPath.IsWithin(Real, outer.Real) : Paths.IsWithin(Real, outer.Real));

    public override string ToString() => Path == Real ? $"'{Path}'" : $"'{Path}' (by links '{Real}')";
}

/// <summary>How sources and targets may lie to each other: a copy never reads what it writes, and no two copies write the same.</summary>
internal static class TreeRules
{
    /// <summary>Why nothing can be copied from one to the other, as the rest of a sentence about the target; null when it can.</summary>
    public static string? WhyNotCopy(MountedTree source, MountedTree target) =>
        source.IsSame(target) ? $"must not be the source itself, is {target}"
        : target.IsWithin(source) ? $"must not be inside the source {source}, is {target}"
        : source.IsWithin(target) ? $"must not hold the source {source}, is {target}"
        : null;

    /// <summary>Why a migration cannot write to <paramref name="target"/> when the one called <paramref name="other"/> writes to <paramref name="taken"/>.</summary>
    public static string? WhyNotBoth(MountedTree target, string other, MountedTree taken) =>
        target.IsSame(taken) ? $"must not be the target of migration '{other}' too, is {target}"
        : target.IsWithin(taken) ? $"must not be inside the target of migration '{other}', {taken}, is {target}"
        : taken.IsWithin(target) ? $"must not hold the target of migration '{other}', {taken}, is {target}"
        : null;
}

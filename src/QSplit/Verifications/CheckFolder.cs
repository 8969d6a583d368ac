namespace QSplit.Verifications;

/// <summary>Where the lists of a verification lie: <c>sums/</c> and <c>differences/</c> in the folder of its run.</summary>
internal sealed record CheckFolder(string Run)
{
    public string Sums => Path.Combine(Run, "sums");

    public string Differences => Path.Combine(Run, "differences");

    /// <summary>All differences that were found, one after another.</summary>
    /// <exception cref="StorageException">They cannot be read.</exception>
    public IEnumerable<EntryDifference> Read() =>
        (Directory.Exists(Differences) ? Directory.EnumerateFiles(Differences, "*.txt").Order(StringComparer.Ordinal) : Enumerable.Empty<string>()).SelectMany(DifferenceList.Read);

    /// <summary>The lists of some part of the tree; the folders are made.</summary>
    /// <param name="name">The start of their names: <c>17</c>, <c>seal</c>.</param>
    public CheckFiles FilesOf(string name)
    {
        Directory.CreateDirectory(Sums);
        Directory.CreateDirectory(Differences);
        return new(Path.Combine(Sums, $"{name}.md5.gz"), Path.Combine(Differences, $"{name}.txt"));
    }
}

/// <summary>Where a verification writes what it finds in some part of the tree, in full.</summary>
/// <param name="Sums">A list of checksums.</param>
/// <param name="Differences">A list of differences.</param>
internal sealed record CheckFiles(string Sums, string Differences);

using System.Collections.Immutable;

namespace QSplit.Verifications;

/// <summary>What a verification found in some part of the tree.</summary>
/// <param name="Entries">Entries of all kinds on the source that were compared.</param>
/// <param name="Summed">Files whose content was read on both sides and compared.</param>
/// <param name="SummedBytes">Their logical bytes.</param>
/// <param name="Found">One for each kind of difference that there is.</param>
/// <param name="Lists">The lists of checksums that were written.</param>
public sealed record Checked(long Entries, long Summed, long SummedBytes, ImmutableArray<Found> Found, ImmutableArray<SumList> Lists)
{
    public static readonly Checked Nothing = new(0, 0, 0, [], []);

    /// <summary>Whether source and target are alike, as far as it was looked at.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsClean => Found.IsEmpty;

    /// <summary>All of them as one.</summary>
    public static Checked Sum(IEnumerable<Checked> all)
    {
        var parts = all.ToList();
        return new(
            parts.Sum(part => part.Entries),
            parts.Sum(part => part.Summed),
            parts.Sum(part => part.SummedBytes),
            [
                .. parts.SelectMany(part => part.Found).GroupBy(found => found.Kind).OrderBy(kind => kind.Key)
                    .Select(kind => new Found(kind.Key, kind.Sum(found => found.Entries), [.. kind.SelectMany(found => found.First).Take(Verifications.Found.MostNames)])),
            ],
            [.. parts.SelectMany(part => part.Lists)]);
    }
}

/// <summary>Differences of one kind.</summary>
/// <param name="Entries">How many entries differ so.</param>
/// <param name="First">The first of them, as <see cref="Trees.EntryPath.ToString"/> writes them.</param>
public sealed record Found(DifferenceKind Kind, long Entries, ImmutableArray<string> First)
{
    internal const int MostNames = 10;
}

/// <summary>A list of checksums of files, gzipped, in the format of md5sum(1).</summary>
/// <param name="File">Its name in the folder of lists: <c>17.md5.gz</c>.</param>
/// <param name="Files">How many lines it has.</param>
/// <param name="Bytes">The logical bytes of those files.</param>
/// <param name="Sha256">Of the list before it was gzipped, in hexadecimal: stands for the content of all those files.</param>
public sealed record SumList(string File, long Files, long Bytes, string Sha256);

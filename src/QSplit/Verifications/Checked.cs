using System.Collections.Immutable;
using System.Text.Json.Serialization;

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

    /// <summary>Entries of all kinds that this part of the tree had when it was planned; 0 in runs of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Planned { get; init; }

    /// <summary>Links, devices and pipes that an option leaves out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long LeftOut { get; init; }

    /// <summary>How planned and compared entries add up.</summary>
    [JsonIgnore]
    public EntryBalance Balance => new(Planned, Entries, Found.Where(found => found.Kind == DifferenceKind.Unread).Sum(found => found.Entries), LeftOut);

    /// <summary>Whether source and target are alike, as far as it was looked at.</summary>
    [JsonIgnore]
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
            [.. parts.SelectMany(part => part.Lists)])
        {
            Planned = parts.Sum(part => part.Planned),
            LeftOut = parts.Sum(part => part.LeftOut),
        };
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

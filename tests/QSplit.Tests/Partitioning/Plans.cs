using QSplit.Partitioning;

namespace QSplit.Tests.Partitioning;

internal static class Plans
{
    /// <summary>Records compare immutable arrays by reference; this compares what is in them.</summary>
    public static void ShouldBeTheSame(Plan actual, Plan expected)
    {
        actual.Buckets.Length.ShouldBe(expected.Buckets.Length);
        foreach (var (a, e) in actual.Buckets.Zip(expected.Buckets))
        {
            a.Items.ShouldBe(e.Items);
            a.Kinds.ShouldBe(e.Kinds);
            (a with { Items = e.Items, Kinds = e.Kinds }).ShouldBe(e);
        }
        actual.Levels.ShouldBe(expected.Levels);
        actual.Notes.ShouldBe(expected.Notes);
        actual.Outline.Directories.ShouldBe(expected.Outline.Directories);
        actual.LargestFiles.ShouldBe(expected.LargestFiles);
        // The digest and the checksum come with the file.
        (actual with
        {
            Buckets = expected.Buckets,
            Levels = expected.Levels,
            NewLevels = expected.NewLevels,
            Notes = expected.Notes,
            Outline = expected.Outline,
            LargestFiles = expected.LargestFiles,
            Digest = expected.Digest,
            Checksum = expected.Checksum,
        }).ShouldBe(expected);
    }
}

using System.Collections.Immutable;
using QSplit.Transfers;

namespace QSplit.Reports.Building;

/// <summary>What a dry run found, summed up over its buckets.</summary>
internal static class ReportedPreview
{
    private const int MostNames = 10;

    public static ReportPreview Of(IReadOnlyList<TimedAttempt> attempts)
    {
        var told = attempts.Where(attempt => attempt.End?.Preview is not null)
            .GroupBy(attempt => attempt.Start.Work)
            .Select(of => (Work: of.Key, Parts: PartsOf([.. of])))
            .ToList();
        ImmutableArray<PreviewPart> directories =
        [
            .. told.SelectMany(of => of.Parts)
                .GroupBy(part => (part.Top, part.Kind))
                .OrderBy(of => of.Key.Top, StringComparer.Ordinal)
                .ThenBy(of => of.Key.Kind)
                .Select(Sum),
        ];
        return new(
            directories.Any(part => part.Kind == ChangeKind.Delete),
            EntriesOf(directories, ChangeKind.Create),
            EntriesOf(directories, ChangeKind.Update),
            EntriesOf(directories, ChangeKind.Attributes),
            EntriesOf(directories, ChangeKind.Delete),
            directories.Sum(part => part.Files),
            directories.Sum(part => part.Bytes),
            directories,
            [
                .. told.Where(of => of.Work.IsBucket).OrderBy(of => of.Work.Bucket).Select(of => BucketOf(of.Work.Bucket, of.Parts)),
                .. told.Where(of => !of.Work.IsBucket).Select(of => BucketOf(null, of.Parts)),
            ]);
    }

    // An attempt at the whole has all before it in it; one at named entries adds what that could not look at.
    private static ImmutableArray<PreviewPart> PartsOf(List<TimedAttempt> attempts) =>
        [.. attempts.Skip(attempts.FindLastIndex(attempt => attempt.Start.Named == 0)).SelectMany(attempt => attempt.End!.Preview!.Parts)];

    private static PreviewPart Sum(IGrouping<(string Top, ChangeKind Kind), PreviewPart> parts) => new(
        parts.Key.Top,
        parts.Key.Kind,
        parts.Sum(part => part.Entries),
        parts.Sum(part => part.Files),
        parts.Sum(part => part.Bytes),
        [.. parts.SelectMany(part => part.First).Take(MostNames)]);

    private static ReportBucketPreview BucketOf(int? bucket, ImmutableArray<PreviewPart> parts) => new(
        bucket,
        EntriesOf(parts, ChangeKind.Create),
        EntriesOf(parts, ChangeKind.Update),
        EntriesOf(parts, ChangeKind.Attributes),
        EntriesOf(parts, ChangeKind.Delete),
        parts.Sum(part => part.Files),
        parts.Sum(part => part.Bytes));

    private static long EntriesOf(ImmutableArray<PreviewPart> parts, ChangeKind kind) => parts.Where(part => part.Kind == kind).Sum(part => part.Entries);
}

using System.Collections.Immutable;
using QSplit.Clusters;
using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>What is to be said of <c>--since</c>: pure.</summary>
internal static class SinceText
{
    private const int Most = 5;

    public static string Of(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";

    public static ManifestException NotThere(Job job, MigrationSource.OnCluster tree, string id, ImmutableArray<HeldSnapshot> held) =>
        new($"--since={id}: cluster {tree.Name} has no snapshot {id} that holds {tree.Path}, or none any more. {There(held)} Nothing was begun. {WithoutIt(job)}");

    public static ManifestException NoneBefore(Job job, MigrationSource.OnCluster tree, SyncSince.OfMoment since, ImmutableArray<HeldSnapshot> held) => new(
        $"--since={job.Request.Since}: cluster {tree.Name} has no snapshot of {tree.Path} from {Of(since.At)} or before. {There(held)} Time stamps alone cannot promise completeness: what was deleted leaves none, " +
        $"what lies in a directory that was moved keeps its own, and clocks differ. Nothing was begun. To go by them all the same: --accept-incomplete. {WithoutIt(job)}");

    public static ManifestException TooLate(Job job, HeldSnapshot found, DateTimeOffset asOf, ImmutableArray<HeldSnapshot> held) => new(
        $"--since={job.Request.Since}: snapshot {found.Snapshot.Directory} is of {Of(found.Snapshot.TakenAt)}, and the target has what changed until {Of(asOf)}: what changed in between would be missed. Nothing was begun. " +
        $"{(held.FirstOrDefault(one => one.Snapshot.TakenAt <= asOf) is { } early ? $"Snapshot {early.Snapshot.Id}, of {Of(early.Snapshot.TakenAt)}, is not too late. " : "")}To miss it: --accept-incomplete. {WithoutIt(job)}");

    /// <summary>What a start cannot tell of, in a sentence; null where it tells all.</summary>
    public static string? Lacks(ChangeStart start, DateTimeOffset asOf) => start switch
    {
        ChangeStart.FromTimes => "What was deleted since cannot be told, nor what lies in a directory that was moved: --target=Verify finds it.",
        ChangeStart.FromViews { IsLate: true, All: [var view, ..] } => $"What changed between {Of(asOf)} and {Of(view.Snapshot.TakenAt)} is not looked for: --target=Verify finds it.",
        ChangeStart.FromViews { All: [var view] } when view.Snapshot.TakenAt < asOf =>
            $"No frozen view of the last pass is there: a directory that was moved away before that pass, and back after it, since {Of(view.Snapshot.TakenAt)}, is not seen. --target=Verify finds it.",
        _ => null,
    };

    private static string There(ImmutableArray<HeldSnapshot> held) => held.IsEmpty
        ? "There are none of it."
        : $"The newest there are: {string.Join(", ", held.Take(Most).Select(one => $"{one.Snapshot.Id} ({Of(one.Snapshot.TakenAt)})"))}{(held.Length > Most ? ", ..." : "")}.";

    private static string WithoutIt(Job job) => $"To miss nothing: {job.CommandFor("Sync")}";
}

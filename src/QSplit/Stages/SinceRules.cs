using System.Collections.Immutable;
using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>Whether what <c>--since</c> asks for can be meant at all: before anything is asked or begun.</summary>
internal static class SinceRules
{
    /// <returns>The same migrations.</returns>
    /// <exception cref="ManifestException">It makes no sense, or not for one of them.</exception>
    public static ImmutableArray<Job> Require(ImmutableArray<Job> jobs, Surroundings around)
    {
        if (jobs.IsEmpty) return jobs;
        var request = jobs[0].Request;
        var since = SyncSince.Parse(request.Since);
        if (request.AcceptIncomplete && since is SyncSince.LastPass)
            throw new ManifestException("--accept-incomplete is for --since with a snapshot or a time that cannot tell of all changes: without that it means nothing, a sync since the last pass lacks none.");
        if (since is SyncSince.OfMoment { At: var at } && at > around.Time.GetUtcNow()) throw new ManifestException($"--since={request.Since} has not come yet: it is {around.Time.GetUtcNow():yyyy-MM-dd'T'HH:mm'Z'} now.");
        if (request.Since is not null && jobs.FirstOrDefault(job => WhyNot(job.Migration) is not null) is { } unfit)
            throw new ManifestException($"--since={request.Since} is not for migration {unfit.Migration.Name}: {WhyNot(unfit.Migration)} Leave it out, or say which migrations are meant: --migration.");
        if (since is SyncSince.OfMoment { Assumed: true }) around.View.Say($"--since={request.Since} has no offset: it is taken as UTC, {since}.");
        return jobs;
    }

    private static string? WhyNot(Migration migration) => migration switch
    {
        { Mover: MoverKind.Robocopy } => "robocopy compares all there is with the target, whenever that changed.",
        { Source: MigrationSource.OnCluster { Snapshot: SnapshotChoice.Existing frozen } } => $"its source is snapshot {frozen.Id}, in which nothing changes.",
        { Source: MigrationSource.OnCluster } => null,
        _ => "its source is a directory, which is crawled: that sees all there is, whenever it changed.",
    };
}

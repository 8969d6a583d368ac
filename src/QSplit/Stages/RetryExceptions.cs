using System.Collections.Immutable;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>
/// A sync that copies exceptions of the last pass, by class, and nothing else (<c>--retry</c>). The other exceptions stay what they are, and
/// the next pass looks for changes since the pass before this one.
/// </summary>
internal static class RetryExceptions
{
    /// <summary>The classes that are asked for; none for an ordinary sync.</summary>
    /// <exception cref="ManifestException">One of them does not exist.</exception>
    public static ImmutableArray<ExceptionClass> ClassesOf(MigrationRequest request) =>
    [
        .. request.Retry.Select(word => ExceptionClasses.Parse(word)
            ?? throw new ManifestException($"--retry={word}: there is no class of exceptions '{word}'. There are {ExceptionClasses.Words}.")).Distinct().Order(),
    ];

    /// <summary>What a sync is asked to go by; null for a sync of changes.</summary>
    public static string? AskedBy(MigrationRequest request) =>
        ClassesOf(request) is { IsEmpty: false } classes ? $"--retry={WordsOf(classes)}" : null;

    /// <summary>The migrations that have such exceptions, before anything of the first is begun.</summary>
    /// <exception cref="ManifestException">None has, or another option contradicts.</exception>
    public static ImmutableArray<Job> Require(ImmutableArray<Job> jobs, Surroundings around)
    {
        if (jobs.IsEmpty || ClassesOf(jobs[0].Request) is not { IsEmpty: false } classes) return jobs;
        var request = jobs[0].Request;
        var other = request.DeletesFile is not null ? "--deletes"
            : request.Since is not null ? "--since"
            : request.Plan is not null ? "--plan"
            : request.Buckets is not null ? "--buckets"
            : null;
        if (other is not null)
            throw new ManifestException($"--retry copies exceptions of the last pass and nothing else: {other} beside it means nothing. Leave one of them out.");
        var found = jobs.Select(job => (Job: job, Exceptions: ExceptionsOf(job, around))).ToList();
        var with = found.Where(one => one.Exceptions.Any(entry => classes.Contains(entry.Class))).ToList();
        if (with.Count > 0)
        {
            foreach (var (job, _) in found.Except(with))
                around.View.Say($"{job.Migration.Name}: its last pass has no exceptions of these classes; it is left alone");
            return [.. with.Select(one => one.Job)];
        }
        var has = string.Join("; ", found.Select(one =>
            $"that of migration {one.Job.Migration.Name} has {(one.Exceptions.IsEmpty ? "no exceptions" : Counts(one.Exceptions))}"));
        throw new ManifestException($"--retry={WordsOf(classes)}: no last pass has such exceptions, and nothing was begun: {has}.");
    }

    /// <exception cref="StorageException">The plan cannot be written.</exception>
    public static async Task<(Planned Planned, ImmutableArray<FailedEntry> Kept)> PlanAsync(
        Job job, PastPasses passes, Surroundings around, CancellationToken cancellationToken)
    {
        var classes = ClassesOf(job.Request);
        var again = passes.Exceptions.Where(entry => classes.Contains(entry.Class)).ToList();
        var paths = again.Select(entry => EntryPath.Parse(entry.Path)).ToHashSet();
        var count = Humane.Count(again.Count, "entry", "entries");
        around.View.Say($"{job.Migration.Name}: {count} that could not be copied {(again.Count == 1 ? "is" : "are")} tried again: {Counts(again)}");
        // A directory is tried with all below it. The root and what leads to an entry are levels of the plan.
        bool IsTried(EntryPath at) => !at.IsRoot && paths.Contains(at);
        var topmost = paths.Where(path => !path.IsRoot && !path.Upwards().Skip(1).Any(IsTried)).Order();
        var changes = topmost.Select(path => new ChangedEntry(path, ChangedPart.Entry, new(0, 0, 1)));
        var planned = await EntriesPlan.MakeAsync(passes.Last with { Job = job }, changes, DeletionList.Nothing, isWhole: false, around, cancellationToken);
        ImmutableArray<FailedEntry> kept =
            [.. passes.Exceptions.Where(entry => !classes.Contains(entry.Class) && !EntryPath.Parse(entry.Path).Upwards().Any(IsTried))];
        return (
            planned with
            {
                Job = job,
                Whole = passes.Last.Whole ?? passes.Last.Plan,
                Basis = new(AskedBy(job.Request)!, "", MayLack: true) { Retry = WordsOf(classes) },
                // It does not look for what is only on the target elsewhere: what was known of that stays.
                Foreseen = KnownOf(passes.Last) with { Migration = job.Migration.Name, Run = planned.Run },
                Present = PresentEntries.After(passes.Last.Present, planned.Plan, []),
            },
            kept);
    }

    /// <summary><c>2 permission, 1 quota</c>.</summary>
    public static string Counts(IEnumerable<FailedEntry> exceptions) =>
        string.Join(", ", ExceptionClasses.ByClass(exceptions).Select(of => $"{Humane.Count(of.Count())} {ExceptionClasses.Word(of.Key)}"));

    private static ImmutableArray<FailedEntry> ExceptionsOf(Job job, Surroundings around)
    {
        using var store = RunStore.OpenIfThere(job.Folders.Store, around.Time) ?? throw PastPasses.NoBaseline(job);
        return PastPasses.Of(job, null, store).Exceptions;
    }

    private static string WordsOf(ImmutableArray<ExceptionClass> classes) => string.Join(',', classes.Select(ExceptionClasses.Word));

    private static DeletionList KnownOf(Planned last) =>
        new[] { DeletionFile.Name, DeletionFile.Foreseen }.FirstOrDefault(name => File.Exists(Path.Combine(last.Folder, name))) is { } name
            ? DeletionFile.Read(last.Folder, name)
            : DeletionList.Nothing;
}

using System.Collections.Immutable;
using System.Text;
using QSplit.Manifests;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Stages;

/// <summary>Lists what a run could not copy, by class, and writes a file with all names. Asks no host.</summary>
internal static class ListErrors
{
    /// <summary>The file in the folder of the run.</summary>
    public const string FileName = "errors.txt";

    /// <summary>
    /// Without <c>--run</c> the last pass, and runs after it (a verification, a repair) that could not do all of their work; with <c>--run=all</c>
    /// every run, the newest first.
    /// </summary>
    /// <exception cref="Manifests.ManifestException">The migration has no run of the name that was asked for.</exception>
    /// <exception cref="StorageException">The list cannot be written.</exception>
    public static RunErrors Run(Job job, Surroundings around)
    {
        var name = job.Migration.Name;
        using var store = RunStore.OpenIfThere(job.Folders.Store, around.Time);
        if (store?.AllRunsOf(name) is not { Count: > 0 } all) return new(name, []);
        if (job.Request.Run is { } asked)
        {
            IReadOnlyList<string> ids = asked == "all" ? all : [NamedRun.Of(asked, name, all)];
            return new(name, [.. ids.Select(id => Of(store.Load(id)!, job.Folders.OfRun(id)))]);
        }
        var since = SinceLastPass(all, store).ToList();
        var last = since.LastOrDefault(run => run.Started.Mode is RunMode.Copy or RunMode.Sync);
        return new(name, [.. since.Select(run => Of(run, job.Folders.OfRun(run.Id))).Where(errors => errors.Run == last?.Id || errors.IsSomething)])
        {
            Retry = last is { IsFinished: true, Exceptions.IsEmpty: false } && job.Migration.Mover == MoverKind.Rsync && CutOverTarget.EndOf(job, store) is null ? $"{job.CommandFor("Sync")} --retry=CLASS" : null,
        };
    }

    // The newest first, the pass last. What a later run does not speak of is still left.
    private static IEnumerable<RunState> SinceLastPass(IReadOnlyList<string> newestFirst, RunStore store)
    {
        foreach (var id in newestFirst)
        {
            var run = store.Load(id)!;
            if (!run.IsDryRun) yield return run;
            if (run.Started.Mode is RunMode.Copy or RunMode.Sync) yield break;
        }
    }

    private static ErrorsOfRun Of(RunState run, string folder)
    {
        var (exceptions, file) = (run.Exceptions, Path.Combine(folder, FileName));
        var failed = run.Works.Where(work => work.State is { IsSettled: false, IsFailed: true });
        ImmutableArray<string> others = [.. failed.Select(work => $"{work.Work}: {ProgressText.Reason(work.State.Last!)}")];
        if (exceptions.IsEmpty) return new(run.Id, [], others, null);
        try
        {
            // Class, reason and path, separated by tabs; the path is last, since it may be anything.
            var lines = exceptions.Select(entry => $"{ExceptionClasses.Word(entry.Class)}\t{entry.Reason}\t{entry.Path}");
            File.WriteAllLines(file, lines, new UTF8Encoding(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{file} cannot be written: {e.Message} Make room there or correct the permissions.", e);
        }
        return new(run.Id, exceptions, others, file)
        {
            Options = [.. run.Started.Terms.Options.Split(' ')],
            AreUndeleted = LeftText.AreUndeleted(exceptions, run),
        };
    }
}

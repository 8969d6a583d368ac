using System.Collections.Immutable;
using System.Globalization;
using QSplit.Cutovers;
using QSplit.Manifests;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>A target that was cut over is in use: whatever copies over it by habit, every night say, would take back what people have done there since.</summary>
internal static class CutOverTarget
{
    /// <param name="command">What would write there.</param>
    /// <exception cref="ManifestException">The last pass is that of a cutover that was signed off, and nobody said <c>--fresh</c>.</exception>
    public static void RequireNone(Job job, string command, RunStore store)
    {
        if (EndOf(job, store) is { } end) throw new ManifestException($"Migration {job.Migration.Name} was {end}: its target is in use, and what was changed there since would be lost. To write there all the same: {command} --fresh");
    }

    /// <summary>Those of some migrations whose targets are not in use; all of them where somebody names them, or no other is left: then <see cref="RequireNone"/> says why not.</summary>
    public static ImmutableArray<Job> Leave(ImmutableArray<Job> jobs, Surroundings around)
    {
        if (jobs.IsEmpty || !jobs[0].Request.Migrations.IsEmpty) return jobs;
        using var store = RunStore.OpenIfThere(jobs[0].Folders.Store, around.Time);
        if (store is null) return jobs;
        var ends = jobs.ToImmutableDictionary(job => job, job => EndOf(job, store));
        if (ends.Values.All(end => end is not null)) return jobs;
        foreach (var job in jobs.Where(job => ends[job] is not null)) around.View.Say($"{job.Migration.Name}: was {ends[job]}; it is left alone");
        return [.. jobs.Where(job => ends[job] is null)];
    }

    /// <summary>How and when it was ended, in words; null where it was not, or somebody said <c>--fresh</c>.</summary>
    internal static string? EndOf(Job job, RunStore store)
    {
        if (job.Fresh || job.Cutover is not null || store.PassesOf(job.Migration.Name) is not [var id, ..]) return null;
        var last = store.Load(id)!.Started;
        return last.Cutover.Length > 0 && last.Terms.Target == job.Terms.Target && CutoverFile.Read(job.Folders.OfRun(last.Cutover)) is { SignedOff: { } ended }
            ? $"cut over and signed off at {ended.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC ({last.Cutover})"
            : null;
    }
}

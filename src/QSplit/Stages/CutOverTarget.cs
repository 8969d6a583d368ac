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
        if (job.Fresh || job.Cutover is not null || store.PassesOf(job.Migration.Name) is not [var id, ..]) return;
        var last = store.Load(id)!.Started;
        if (last.Cutover.Length == 0 || last.Terms.Target != job.Terms.Target || CutoverFile.Read(job.Folders.OfRun(last.Cutover)) is not { SignedOff: { } ended }) return;
        throw new ManifestException(
            $"Migration {job.Migration.Name} was cut over and signed off at {ended.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC ({last.Cutover}): its target is in use, and what was changed there since would be lost. To write there all the same: {command} --fresh");
    }
}

using System.Security.Cryptography;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>Makes a plan, and a run of it that only asks what would be done. There is none to go on with: asking again costs little, and tells what is so now.</summary>
internal static class BeginDryRun
{
    public static async Task<RunSession> RunAsync(Job job, Stage<Job, Planned> plan, Surroundings around, CancellationToken cancellationToken)
    {
        job = job with { Command = job.CommandFor("DryRun") };
        var fleet = await CheckHosts.RequireReadableAsync(job, around, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var planned = await (job | plan).RunAsync(cancellationToken);
        await NewSnapshot.RequireSourceAsync(planned, job.Hosts.Where(host => fleet.Findings.Of(host.Name) is { IsUsable: true }), around, cancellationToken);
        foreach (var note in PlanNotes.Lines(planned.Plan)) around.View.Say($"{job.Migration.Name}: {note}");
        var store = RunStore.Open(job.Folders.Store, around.Time);
        try
        {
            var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
            store.Append(planned.Run, new RunEvent.Started(job.Migration.Name, planned.Run, job.Terms, planned.Plan.Buckets.Length, key, RunMode.DryRun, planned.Plan.Digest ?? "", job.Request.Deletes));
            store.Append(planned.Run, Equipping.Of(fleet.Findings));
            return new RunSession(planned, store.Load(planned.Run)!, fleet, store, around);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}

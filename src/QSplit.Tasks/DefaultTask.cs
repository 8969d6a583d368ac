using Cake.Frosting;
using QSplit.Manifests;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Default")]
[TaskDescription("Prints the targets with their options, the manifest in brief and the last runs")]
public sealed class DefaultTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        foreach (var line in Help.Lines) context.Say(line);
        try
        {
            var jobs = await context.RunAsync(context.Request | context.Pipeline.ReadManifest);
            foreach (var job in jobs) context.Say(Brief.Of(job));
            foreach (var line in PastRun.Lines(await context.RunAsync(jobs | context.Pipeline.History))) context.Say(line);
        }
        catch (Exception e) when (e is ManifestException or StorageException)
        {
            // Who asks for help gets it, with what is wrong as a part of it.
            context.Say(e.Message);
        }
    }
}

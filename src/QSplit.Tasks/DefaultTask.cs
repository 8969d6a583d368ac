using Cake.Frosting;
using QSplit.Manifests;

namespace QSplit.Tasks;

[TaskName("Default")]
[TaskDescription("Prints the targets with their options, and the manifest in brief")]
public sealed class DefaultTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        foreach (var line in Help.Lines) context.Say(line);
        try
        {
            foreach (var job in await context.RunAsync(context.Request | context.Pipeline.ReadManifest)) context.Say(Brief.Of(job));
        }
        catch (ManifestException e)
        {
            // Who asks for help gets it, with what is wrong as a part of it.
            context.Say(e.Message);
        }
    }
}

using Cake.Frosting;
using QSplit.Emulator;

namespace QSplit.Tasks;

[TaskName("Emulate")]
[TaskDescription("Serves a directory or a made-up tree as a cluster, until Ctrl-C. --path or --tree, --address --port --user --password --log --faults --http")]
public sealed class EmulateTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var directory = context.Environment.WorkingDirectory.FullPath;
        using var log = EmulateOptions.Log(context.Arguments, directory);
        var options = EmulateOptions.Read(context.Arguments, directory, log);
        await using var emulated = await EmulatedCluster.StartAsync(options, Edge.Time, context.Interrupted);
        foreach (var line in EmulateOptions.Describe(emulated, options.Tree, options.PlainHttp)) context.Answer(line);
        await context.InterruptionAsync();
        // Ctrl-C is how it ends: nothing was left undone.
        context.Say($"Ended after {emulated.Calls} calls.");
    }
}

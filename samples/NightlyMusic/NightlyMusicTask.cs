using Cake.Frosting;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Tasks;

namespace NightlyMusic;

[TaskName("NightlyMusic")]
[TaskDescription("Copies the music, tells the editors, and proves that both sides are alike")]
public sealed class NightlyMusicTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var pipeline = context.Pipeline;
        var tell = new Stage<RunSummary, RunSummary>(copied => Tell(copied, context.Say));
        context.Conclude(await context.RunAsync(
            context.Request
            | pipeline.ReadManifest
            >> MigrationPipeline.Select("music")
            >> (pipeline.Run(pipeline.Survey >> pipeline.Partition) >> tell).Passing()
            >> pipeline.Compare));
    }

    // A stage is any function from one value to the next: this one could as well write a mail.
    private static RunSummary Tell(RunSummary copied, Action<string> say)
    {
        say($"Dear editors, {copied.Moved.Files} files of music are new in the archive tonight.");
        return copied;
    }
}

using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Verify")]
[TaskDescription("Compares the targets with their sources: metadata of all, content as 'verify' says; writes nothing there. --manifest --migration --hosts --sample --seed --fresh")]
public sealed class VerifyTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var summaries = await context.RunAsync(context.Request | context.Pipeline.Verify);
        foreach (var line in summaries.SelectMany(summary => CheckedText.Lines(summary.Run.Checked))) context.Say(line);
        MigrateTask.Conclude(summaries, context);
        var different = summaries.Where(summary => !summary.Run.Checked.IsClean).ToList();
        if (different.Count > 0) throw new CommandFailedException(string.Join(Environment.NewLine, different.Select(CheckedText.WhatDiffers)));
    }
}

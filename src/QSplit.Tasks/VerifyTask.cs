using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Verify")]
[TaskDescription("Compares the targets with their sources: metadata of all, content as 'verify' says; writes nothing there, unless --repair. --manifest --migration --hosts --sample --seed --fresh --repair")]
public sealed class VerifyTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        if (CommandLine.Flag(context.Arguments, "repair"))
        {
            MigrateTask.Conclude(await context.RunAsync(context.Request | context.Pipeline.Repair), context);
            return;
        }
        var summaries = await context.RunAsync(context.Request | context.Pipeline.Verify);
        foreach (var line in summaries.SelectMany(summary => CheckedText.Lines(summary.Run.Checked))) context.Say(line);
        MigrateTask.Conclude(summaries, context);
        var different = summaries.Where(summary => !summary.Run.Checked.IsClean).ToList();
        if (different.Count > 0) throw new CommandFailedException(string.Join(Environment.NewLine, different.Select(CheckedText.WhatDiffers)));
    }
}

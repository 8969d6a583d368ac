using System.Collections.Immutable;
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
        Conclude(await context.RunAsync(context.Request | context.Pipeline.Verify), context);
    }

    /// <summary>Prints what verifications found, where some runs are such.</summary>
    /// <exception cref="CommandFailedException">Something is left, or differs: the message says what, and how to go on.</exception>
    internal static void Conclude(ImmutableArray<RunSummary> summaries, QSplitContext context)
    {
        var verified = summaries.Where(summary => summary.Run.IsVerification).ToList();
        foreach (var line in verified.SelectMany(summary => CheckedText.Lines(summary.Run.Checked))) context.Say(line);
        MigrateTask.Conclude(summaries, context);
        var different = verified.Where(summary => !summary.Run.Checked.IsClean).ToList();
        if (different.Count > 0) throw new CommandFailedException(string.Join(Environment.NewLine, different.Select(CheckedText.WhatDiffers)));
    }
}

using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Audit")]
[TaskDescription("Checks the evidence of a cutover: finds any byte that was changed since, and who signed it. --evidence --signers --digest --manifest --migration")]
public sealed class AuditTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var audits = await context.RunAsync(context.Request | context.Pipeline.Audit);
        foreach (var line in audits.SelectMany(audit => AuditText.Lines(audit))) context.Say(line);
        var wrong = audits.Where(audit => !audit.IsWhole).ToList();
        if (wrong.Count > 0) throw new CommandFailedException(string.Join(Environment.NewLine, wrong.Select(AuditText.WhatIsWrong)));
    }
}

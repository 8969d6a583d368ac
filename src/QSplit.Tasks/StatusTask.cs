using System.Collections.Immutable;
using Cake.Frosting;
using QSplit.Reports;

namespace QSplit.Tasks;

[TaskName("Status")]
[TaskDescription("Says how far each migration is, also while another terminal runs it; exits with 1 when something is left and no controller works on it. --manifest --migration --run --json")]
public sealed class StatusTask : AsyncFrostingTask<QSplitContext>
{
    private const int SomethingLeft = 1, NoRun = 3;

    public override async Task RunAsync(QSplitContext context)
    {
        var migrations = await context.RunAsync(context.Request | context.Pipeline.Status);
        if (CommandLine.Flag(context.Arguments, "json")) context.Answer(StatusDocument.Write(migrations));
        else foreach (var line in migrations.SelectMany(migration => StatusText.Lines(migration))) context.Say(line);
        context.Ending.ExitWith(ExitCode(migrations));
    }

    /// <summary>0: at work, or ended well; 1: something is left, differs, or could not be copied, and no controller works on it; 3: there is no run at all.</summary>
    internal static int ExitCode(ImmutableArray<RunStatus> migrations) =>
        migrations.Any(migration => migration.IsWell == false) ? SomethingLeft : migrations.All(migration => migration.IsWell is null) ? NoRun : 0;
}

using QSplit.Runs;

namespace QSplit.Reports;

/// <summary>A run as people call it, by what it does.</summary>
internal static class ModeWord
{
    public static string Of(RunMode? mode) => mode switch
    {
        RunMode.DryRun => "dry run",
        RunMode.Sync => "sync",
        RunMode.Verify => "verification",
        RunMode.Repair => "repair",
        RunMode.Delete => "deletes",
        RunMode.Look => "look at the target",
        _ => "run",
    };
}

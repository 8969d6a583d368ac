using QSplit.Reports;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Telemetry;

/// <summary>The values of attributes.</summary>
internal static class AttributeValues
{
    public static string Of(Pass pass) => pass.ToString().ToLowerInvariant();

    public static string Of(TransferOutcome outcome) => outcome switch
    {
        TransferOutcome.Succeeded => "succeeded",
        TransferOutcome.Partial => "partial",
        TransferOutcome.NoSpace => "no_space",
        TransferOutcome.DeleteLimit => "delete_limit",
        TransferOutcome.Refused => "refused",
        TransferOutcome.Transient => "transient",
        TransferOutcome.HostUnfit => "host_unfit",
        _ => "interrupted",
    };

    /// <summary>How a bucket is.</summary>
    public static string Of(WorkState bucket) => bucket switch
    {
        { Running: not null } => "running",
        { IsDone: true } => "done",
        { IsFailed: true } => "failed",
        _ => "left",
    };

    /// <summary>How a host is.</summary>
    public static string Of(HostRow host) => host switch
    {
        { Drains: true } => "drained",
        { SetAside: not null } => "set_aside",
        _ => "well",
    };
}

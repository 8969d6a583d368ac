using QSplit.Fleets;
using QSplit.Preflights;

namespace QSplit.Stages;

/// <summary>What preflight is asked for a migration.</summary>
internal static class PreflightOf
{
    /// <summary>Before there is a plan: the mounts themselves.</summary>
    public static PreflightRequest Unplanned(Job job) => new(
        job.Migration.Name, job.Hosts, job.SourceOn, job.TargetOn, [], job.Migration.Options, job.Migration.Reserve?.Bytes, null);

    /// <summary>With a plan: its tree, as a host is to copy it.</summary>
    public static PreflightRequest Planned(Planned planned) => Unplanned(planned.Job) with
    {
        SourceOf = planned.SourceRootOn,
        Witnesses = Witnesses.Of(planned.Plan),
    };
}

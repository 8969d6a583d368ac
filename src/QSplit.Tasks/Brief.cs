using QSplit.Reports;
using QSplit.Stages;

namespace QSplit.Tasks;

/// <summary>A migration in one line.</summary>
internal static class Brief
{
    public static string Of(Job job) =>
        $"{job.Migration.Name}: {job.Migration.Mounts.Source} -> {job.Migration.Mounts.Target}, {Humane.Count(job.Slots.Length, "slot", "slots")} on {string.Join(", ", job.Hosts.Select(h => h.Name))}";
}

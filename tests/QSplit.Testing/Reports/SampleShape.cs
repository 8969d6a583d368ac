namespace QSplit.Testing.Reports;

/// <summary>How a sample report's run goes.</summary>
/// <param name="Until">Up to which share of its time it is told: what began and did not end by then still runs.</param>
/// <param name="IsLucky">Whether all buckets get done in the end.</param>
/// <param name="Directories">Of how many more than the usual fifty the tree's outline is.</param>
public sealed record SampleShape(int Hosts = 4, int Slots = 4, int Buckets = 64, double Until = 1, bool IsLucky = false, int Directories = 0)
{
    /// <summary>200 hosts of 4 slots, 10,000 buckets, as many directories as an outline may have.</summary>
    public static readonly SampleShape Large = new(Hosts: 200, Slots: 4, Buckets: 10_000, IsLucky: true, Directories: 940);
}

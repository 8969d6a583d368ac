using System.Globalization;
using QSplit.Clusters;

namespace QSplit.Reports;

/// <summary>A cluster's size figures in one line of JSON, under the names that its API has for them.</summary>
public static class CapacityJson
{
    /// <remarks>As the API: the block is a number, the others are texts of digits, since they may not fit a number of every reader. What the cluster does not give is left out.</remarks>
    public static string Write(ClusterCapacity capacity)
    {
        var figures = new (string Name, string? Value)[]
        {
            ("block_size_bytes", capacity.Block?.ToString(CultureInfo.InvariantCulture)),
            ("free_size_bytes", Text(capacity.Free)),
            ("raw_size_bytes", Text(capacity.Raw)),
            ("snapshot_size_bytes", Text(capacity.Snapshots)),
            ("total_size_bytes", Text(capacity.Total)),
        };
        return "{" + string.Join(", ", figures.Where(f => f.Value is not null).Select(f => $"\"{f.Name}\": {f.Value}")) + "}";
    }

    private static string? Text(UInt128? bytes) => bytes is { } value ? $"\"{value.ToString(CultureInfo.InvariantCulture)}\"" : null;
}

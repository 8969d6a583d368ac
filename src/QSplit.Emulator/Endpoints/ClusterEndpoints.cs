using QSplit.Emulator.Http;
using QSplit.Emulator.Served;

namespace QSplit.Emulator.Endpoints;

/// <summary>What the cluster says of itself.</summary>
internal static class ClusterEndpoints
{
    public static IEnumerable<Route> Routes(IServedVolume volume, string clusterName, Faults faults) =>
    [
        Route.Get("/v1/version", _ => Version(faults), open: true),
        Route.Get("/v1/cluster/settings", _ => Settings(clusterName), open: true),
        Route.Get("/v1/file-system", _ => FileSystem(volume)),
    ];

    private static Reply Version(Faults faults) => Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("revision_id", $"Qumulo Core {faults.Core}");
        json.WriteString("build_id", "qsplit-emulator");
        json.WriteString("flavor", "release");
        json.WriteString("build_date", "2025-11-20T06:55:12Z");
        json.WriteEndObject();
    });

    private static Reply Settings(string clusterName) => Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("cluster_name", clusterName);
        json.WriteEndObject();
    });

    private static Reply FileSystem(IServedVolume volume) => Reply.Json(json =>
    {
        var (total, free) = volume.Capacity;
        json.WriteStartObject();
        json.WriteNumber("block_size_bytes", 4096);
        json.WriteString("free_size_bytes", $"{free}");
        json.WriteString("snapshot_size_bytes", "0");
        json.WriteString("total_size_bytes", $"{total}");
        json.WriteEndObject();
    });
}

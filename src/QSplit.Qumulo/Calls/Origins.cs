using QSplit.Manifests;

namespace QSplit.Qumulo.Calls;

/// <summary>Where the API of a cluster is.</summary>
internal static class Origins
{
    /// <summary>Such as <c>https://music.example.com:8000</c>, or <c>https://[fd00::7]:8000</c>.</summary>
    public static string Of(Cluster cluster, string address) => $"https://{InUrl(address)}:{cluster.Port}";

    public static string InUrl(string address) => address.Contains(':') && !address.StartsWith('[') ? $"[{address}]" : address;
}

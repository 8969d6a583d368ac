using System.Collections.Immutable;

namespace QSplit.Manifests;

/// <summary>A storage cluster that keeps totals of each directory, and how to sign in to it.</summary>
/// <param name="Name">Its key under <c>clusters</c>.</param>
/// <param name="Addresses">Host names or IP addresses of its nodes, one or more, over which calls are spread; none only with <paramref name="Emulate"/>.</param>
/// <param name="Port">The port of the REST API.</param>
/// <param name="Credentials">A file with a session token, in full.</param>
/// <param name="Certificate">A PEM file with the authority to trust, in full; null trusts those of the system.</param>
/// <param name="Fingerprint">The one certificate to trust: <c>sha256:</c> and 64 hexadecimal digits, lower case.</param>
/// <param name="Insecure">Whether the certificate goes unchecked.</param>
/// <param name="Emulate">A directory, in full, that the built-in emulator serves in place of a cluster.</param>
public sealed record Cluster(
    string Name,
    ImmutableArray<string> Addresses,
    int Port,
    string? User,
    Secret? Password,
    Secret? Token,
    string? Credentials,
    string? Certificate,
    string? Fingerprint,
    bool Insecure,
    string? Emulate)
{
    /// <summary>How long the cluster may take to find the difference of two snapshots, in which it says nothing.</summary>
    public TimeSpan DifferenceTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How a person calls Qumulo's own program for it.</summary>
    internal string CommandLine => $"qq --host {(Addresses is [var first, ..] ? first : Name)}{(Port == ClusterKeys.UsualPort ? "" : $" --port {Port}")}";
}

using System.Collections.Immutable;

namespace QSplit.Manifests;

/// <summary>A machine that has the source and the target mounted and copies between them.</summary>
/// <param name="Name">Its key under <c>hosts</c>; letters, digits and <c>. _ -</c>.</param>
/// <param name="Local">Whether it is the machine that this program runs on; then nothing is said of how to reach it.</param>
/// <param name="Slots">How many rsyncs run on it at once, 1 or more.</param>
/// <param name="Address">Where ssh finds it; null only when local.</param>
/// <param name="User">Whom ssh signs in as; null leaves it to ssh.</param>
/// <param name="Port">The port of its sshd; null leaves it to ssh.</param>
/// <param name="Bandwidth">What all its slots together may move; null is no limit.</param>
/// <param name="SshConfig">A configuration file for ssh, in full, in place of the user's own; null leaves it to ssh.</param>
/// <param name="SshOptions">Further options for ssh, each <c>Keyword=value</c>; none that <see cref="RefusedSshOptions"/> refuses.</param>
/// <param name="Drain">Whether it gets no new buckets; what runs on it finishes.</param>
public sealed record Host(
    string Name,
    bool Local,
    int Slots,
    string? Address,
    string? User,
    int? Port,
    ByteRate? Bandwidth,
    string? SshConfig = null,
    ImmutableArray<string> SshOptions = default,
    bool Drain = false)
{
    /// <summary>The machine that this program runs on, where it is asked and is not one of the hosts; by this name in messages.</summary>
    internal static Host Here { get; } = new("this machine", true, 1, null, null, null, null);

    /// <summary>What reads the commands that it is given.</summary>
    public HostShell Shell { get; init; }

    /// <summary>Further options for ssh, each <c>Keyword=value</c>; empty is none.</summary>
    public ImmutableArray<string> SshOptions { get; init; } = SshOptions.IsDefault ? [] : SshOptions;

    /// <summary>Whether a manifest says the same of both: a host that is read again is equal.</summary>
    public bool Equals(Host? other) => other is not null && Plain == other.Plain && SshOptions.SequenceEqual(other.SshOptions, StringComparer.Ordinal);

    public override int GetHashCode() => Plain.GetHashCode();

    private (string, bool, int, string?, string?, int?, ByteRate?, string?, bool, HostShell) Plain =>
        (Name, Local, Slots, Address, User, Port, Bandwidth, SshConfig, Drain, Shell);
}

using System.Collections.Immutable;
using System.Reflection;
using QSplit.Preflights;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>What a session works with: this program, and what copies on each host.</summary>
internal static class Equipping
{
    /// <summary>This program with its version: <c>QSplit 0.1.0</c>.</summary>
    public static string Program { get; } = $"QSplit {VersionOf(typeof(Equipping).Assembly)}";

    /// <summary>The event for a session's begin, or for hosts that came to it.</summary>
    public static RunEvent.Equipped Of(FleetFinding fleet) =>
        new(Program, fleet.Hosts.Where(host => host.Rsync is not null).ToImmutableSortedDictionary(host => host.Host, host => $"rsync {host.Rsync}"));

    /// <summary>Whether a run knows all of it.</summary>
    public static bool IsKnownTo(RunState run, RunEvent.Equipped now) =>
        run.Equipment is { } known && known.Program == now.Program && now.Movers.All(mover => known.Movers.GetValueOrDefault(mover.Key) == mover.Value);

    // The commit behind the plus is not for people.
    private static string VersionOf(Assembly assembly) =>
        (assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? $"{assembly.GetName().Version}").Split('+')[0];
}

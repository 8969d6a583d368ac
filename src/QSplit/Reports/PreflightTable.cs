using System.Collections.Immutable;
using QSplit.Preflights;

namespace QSplit.Reports;

/// <summary>What was found of the hosts of a migration, as a table of text.</summary>
public static class PreflightTable
{
    private const int MostNames = 4;
    private static readonly ImmutableArray<string> Head = ["host", "place", "rsync", "free ", "inodes ", "clock ", "state"];

    /// <summary>The lines: a row a host, then each problem and each warning once, with the hosts that have it, then what is only good to know.</summary>
    /// <param name="migration">Its name, for the first line.</param>
    public static ImmutableArray<string> Lines(FleetFinding fleet, string migration) =>
    [
        $"{migration}: {Humane.Count(fleet.Hosts.Length, "host", "hosts")}, {Humane.Count(fleet.Hosts.Count(h => h.IsUsable))} usable",
        .. new TextTable(Head, [.. fleet.Hosts.Select(Row)]).Lines(),
        .. fleet.Hosts
            .SelectMany(host => host.Findings.Select(finding => (host.Host, Finding: finding)))
            .GroupBy(found => found.Finding, found => found.Host)
            .OrderByDescending(found => found.Key.Severity)
            .Select(found => $"{Word(found.Key.Severity)}: {Names([.. found])}: {found.Key.Text}"),
    ];

    private static ImmutableArray<string> Row(HostFinding host) =>
    [
        host.Host,
        host.Place,
        host.Rsync ?? "-",
        host.FreeBytes is { } bytes ? Humane.Bytes(bytes) : "-",
        host.FreeInodes is { } inodes ? Humane.Count(inodes) : "-",
        host.ClockDifference is { } difference ? $"{(difference > TimeSpan.Zero ? "+" : "")}{Humane.Duration(difference)}" : "-",
        State(host),
    ];

    private static string State(HostFinding host) =>
        host.IsDown ? "down"
        : host.Findings.Count(f => f.Severity == Severity.Problem) is var problems and > 0 ? Humane.Count(problems, "problem", "problems")
        : host.Findings.Count(f => f.Severity == Severity.Warning) is var warnings and > 0 ? $"good, {Humane.Count(warnings, "warning", "warnings")}"
        : "good";

    private static string Word(Severity severity) => severity switch { Severity.Problem => "problem", Severity.Warning => "warning", _ => "note" };

    private static string Names(ImmutableArray<string> hosts) => hosts.Length <= MostNames
        ? string.Join(", ", hosts)
        : $"{string.Join(", ", hosts.Take(MostNames - 1))} and {Humane.Count(hosts.Length - MostNames + 1)} more";
}

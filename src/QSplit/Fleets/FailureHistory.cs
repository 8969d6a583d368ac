using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace QSplit.Fleets;

/// <summary>What the failures of one pass have in common.</summary>
/// <param name="Shared">Keys of failures that work had on several hosts while other work succeeded: no host is blamed for these.</param>
/// <param name="Success">When an attempt last copied something; null before the first.</param>
/// <param name="InVain">
/// The last failure of each host that its arguments may be the reason of, while no attempt of this pass has succeeded; null once one has.
/// </param>
/// <param name="Count">How many attempts are in <paramref name="InVain"/>.</param>
internal sealed partial record FailureHistory(
    ImmutableHashSet<string> Shared, DateTimeOffset? Success, ImmutableDictionary<string, Fault>? InVain, int Count)
{
    public static readonly FailureHistory None = new([], null, ImmutableDictionary<string, Fault>.Empty, 0);

    private const int MostNamed = 8;

    // What has run for so long was not refused at once.
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(5);

    /// <summary>The beginning of a pass: its rsyncs have other arguments than those of the pass before.</summary>
    public FailureHistory NextPass() => None with { Success = Success };

    /// <summary>After an attempt that succeeded, or that copied some of its entries.</summary>
    public FailureHistory AfterSuccess(DateTimeOffset now) => this with { Success = now, InVain = null };

    public FailureHistory AfterFailure(string host, Fault fault) => fault switch
    {
        { IsPartial: true } => this with { InVain = null },
        { MayBeArguments: true } => this with { InVain = InVain?.SetItem(host, fault), Count = Count + 1 },
        _ => this,
    };

    /// <summary>Why the run is to stop: every host that can work failed in the same way, and nothing has succeeded. Null where it is not so.</summary>
    public string? WhyStop(DispatchState state, DateTimeOffset now)
    {
        if (InVain is null || InVain.IsEmpty) return null;
        if (state.Running.Values.Any(attempt => now - attempt.Since >= Young)) return null;
        var fault = InVain[InVain.Keys.Min(StringComparer.Ordinal)!];
        // rsync takes its arguments or not: of other failures one alone may be chance.
        if (Count < (fault.IsRefusal ? 1 : 2) || InVain.Values.Any(other => other.Key != fault.Key)) return null;
        var able = state.Fleet.Hosts.Values
            .Where(host => host is { IsListed: true, Terms.Drains: false } && (InVain.ContainsKey(host.Name) || host.Circuit.GetsWork || host.IsUnseen))
            .ToList();
        if (!able.All(host => InVain.ContainsKey(host.Name))) return null;
        var where = able.Count == 1 ? "" : $" on all {able.Count} hosts ({NamesOf(able)})";
        return fault.IsRefusal
            ? $"rsync refused its arguments or cannot do what they ask (exit {fault.ExitCode}){where}: {fault.Words}"
            : $"each attempt fails in the same way{where}, and nothing has succeeded: {fault.Words} ({WhatToCheck(fault)})";
    }

    private static string NamesOf(List<HostState> hosts)
    {
        var names = hosts.Select(host => host.Name).Order(StringComparer.Ordinal).Take(MostNamed);
        return string.Join(", ", names) + (hosts.Count > MostNamed ? $" and {hosts.Count - MostNamed} more" : "");
    }

    private static string WhatToCheck(Fault fault) => fault.ExitCode switch
    {
        _ when Option().Match(fault.Words) is { Success: true } option => $"check {option.Value} in 'options' of the migration",
        3 or 11 => "check 'mounts' of the migration, and that its target can be written",
        _ => "check 'options' of the migration, and rsync on the hosts",
    };

    [GeneratedRegex("--[a-z][a-z-]+", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Option();
}

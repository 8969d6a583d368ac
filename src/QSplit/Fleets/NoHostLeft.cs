using System.Globalization;

namespace QSplit.Fleets;

/// <summary>When no host is left, the run waits for one to come back, but not for ever.</summary>
internal static class NoHostLeft
{
    private const int MostNamed = 8;

    public static DispatchState Wait(DispatchState state, DateTimeOffset now, bool isOpen)
    {
        var sum = state.Fleet.Sum;
        if (!isOpen || sum.Well > 0) return state with { Waited = Waited.None };
        // A host that is new is about to be looked at; what still runs may yet do.
        if (!state.Running.IsEmpty || sum.Usable > 0 || sum.Unseen > 0 || !state.Backlog.IsAnythingLeft) return state with { Waited = state.Waited.Stop(now) };
        var waited = state.Waited.Start(now);
        return state with { Waited = waited, Halt = waited.For(now) >= state.Terms.Patience ? Why(state) : null };
    }

    private static string Why(DispatchState state)
    {
        var hosts = state.Hosts;
        var parts = hosts.Take(MostNamed).Select(h => $"{h.Name}: {(h.Drains ? "drains" : h.Why)}").ToList();
        if (hosts.Length > MostNamed) parts.Add($"and {hosts.Length - MostNamed} more");
        if (hosts.IsEmpty) parts.Add("the manifest lists none");
        if (state.Terms.Patience > TimeSpan.Zero) parts.Add($"waited {Plain(state.Terms.Patience)}");
        return $"no host is left: {string.Join("; ", parts)}";
    }

    private static string Plain(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
    };
}

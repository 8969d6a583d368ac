using System.Globalization;

namespace QSplit.Fleets;

/// <summary>Why nothing runs although something is left: pure.</summary>
internal static class IdleReason
{
    /// <summary>Whether it is because no host is left, and not because the window is shut.</summary>
    public static bool IsNoHostLeft(DispatchState state) => state.Waited.OverAt(state.Terms.Patience) is not null;

    /// <summary>In words, the same for as long as it lasts; null when something runs, or will at once.</summary>
    public static string? Why(DispatchState state, DateTimeOffset now)
    {
        if (!state.Running.IsEmpty || !state.Backlog.IsAnythingLeft || state.Halt is not null) return null;
        if (state.Terms.Window is { } window && window.At(now) is (false, var opens))
            return string.Create(CultureInfo.InvariantCulture, $"outside of its window {window}: nothing starts before {TimeZoneInfo.ConvertTime(opens, window.Zone):yyyy-MM-dd HH:mm}");
        return state.Waited.OverAt(state.Terms.Patience) is { } end
            ? string.Create(CultureInfo.InvariantCulture, $"no host is left: it waits for one to come back, until {end.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
            : null;
    }
}

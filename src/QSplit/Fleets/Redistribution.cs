using QSplit.Reports;
using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>
/// Gives what is left of a limit to the transfers that still run, once nothing else can begin. rsync cannot change its rate while it runs: a
/// transfer is ended and begun again, where it is done much sooner that way although it sends the file that it was at a second time.
/// </summary>
internal static class Redistribution
{
    /// <summary>How long a transfer has to run before its rate is known.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(10);

    /// <summary>How much sooner it has to be done at the least.</summary>
    public static readonly TimeSpan Gain = TimeSpan.FromMinutes(1);

    // Its share has to grow to this many times what it was.
    private const int Growth = 2;

    // The time that is left has to become shorter by a third.
    private const double Shorter = 1.5;

    // Below this part of its share something else than the limit makes a transfer slow.
    private const double Limited = 0.8;

    /// <summary>Whether something is under a limit and nothing waits to begin: only then progress matters.</summary>
    public static bool IsPossible(DispatchState state) =>
        state.Halt is null && state.Fleet.Sum.Rate > 0 && !state.Backlog.IsAnythingLeft;

    /// <summary>Asks for the end of those that are to begin again with a larger share.</summary>
    public static DispatchState Of(DispatchState state, DateTimeOffset now)
    {
        if (!IsPossible(state)) return state;
        var candidates = state.Running
            .Where(running => IsLimited(state, running.Key, running.Value, now)).OrderBy(running => running.Value.Slot).ToList();
        var next = state;
        foreach (var (work, attempt) in candidates)
        {
            var (own, host) = (attempt.BytesPerSecond!.Value, state.Fleet.Hosts[attempt.Slot.Host]);
            var onHost = candidates.Count(other => other.Value.Slot.Host == host.Name);
            var ofHost = (host.Terms.BytesPerSecond - host.Rate) / onHost;
            var ofAll = (state.Terms.BytesPerSecond - state.Fleet.Sum.Rate) / candidates.Count;
            var share = own + Math.Max(0, Math.Min(ofHost ?? long.MaxValue, ofAll ?? long.MaxValue));
            if (share / own < Growth || !IsWorthwhile(TotalOf(state, work)!.Value, attempt.Sent, own, share)) continue;
            next = next.End(
                work,
                $"its share of the bandwidth grows from {Humane.Bytes(own)}/s to {Humane.Bytes(share)}/s. It begins again, and keeps the files that are complete");
        }
        return next;
    }

    /// <summary>When a transfer will be old enough; null where none is too young.</summary>
    public static DateTimeOffset? NextLook(DispatchState state, DateTimeOffset now) => !IsPossible(state) ? null
        : state.Running.Where(running => running.Value.Since + Age > now && TotalOf(state, running.Key) is not null)
            .Select(running => (DateTimeOffset?)(running.Value.Since + Age)).Min();

    private static bool IsLimited(DispatchState state, WorkUnit work, UnderWay attempt, DateTimeOffset now) =>
        attempt is { BytesPerSecond: { } rate, IsRecorded: true, IsEnding: false }
        && now - attempt.Since >= Age
        && attempt.Sent.Bytes >= Limited * rate * (now - attempt.Since).TotalSeconds
        && state.Fleet.Hosts.TryGetValue(attempt.Slot.Host, out var host) && host.IsUsable
        && TotalOf(state, work) > attempt.Sent.Bytes;

    // What earlier attempts brought is not sent again. A retry by name has an unknown size.
    private static long? TotalOf(DispatchState state, WorkUnit work) =>
        state.Run.StateOf(work) is { Left.IsEmpty: true } run ? state.Backlog.Items.GetValueOrDefault(work)?.Bytes - run.Moved.Bytes : null;

    private static bool IsWorthwhile(long total, Sent sent, long own, long share)
    {
        var (goOn, again) = ((total - sent.Bytes) / (double)own, (total - sent.OfWholeFiles) / (double)share);
        return again * Shorter <= goOn && goOn - again >= Gain.TotalSeconds;
    }
}

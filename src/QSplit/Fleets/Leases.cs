using System.Collections.Immutable;
using QSplit.Runs;

namespace QSplit.Fleets;

/// <summary>Work of which an rsync may still run although nobody listens to it any more.</summary>
/// <param name="Asked">How many times it was asked to end those, and no answer has come.</param>
/// <param name="Held">Until when each is certainly not over yet, unless an answer says so.</param>
internal sealed record Leases(
    ImmutableDictionary<WorkUnit, int> Asked, ImmutableDictionary<WorkUnit, DateTimeOffset> Held, ImmutableSortedSet<Waiter> ByEnd)
{
    /// <summary>A fenced rsync is dead 10 s after its connection is; a little is added for clocks and slow machines.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(12);

    public static readonly Leases None = new(ImmutableDictionary<WorkUnit, int>.Empty, ImmutableDictionary<WorkUnit, DateTimeOffset>.Empty, Waiter.None);

    public DateTimeOffset Until(WorkUnit work) => Held.GetValueOrDefault(work, DateTimeOffset.MinValue);

    public Leases Take(WorkUnit work, DateTimeOffset now)
    {
        var until = now + Hold;
        return new(Asked.SetItem(work, Asked.GetValueOrDefault(work) + 1), Held.SetItem(work, until), ByEnd.Remove(new(Until(work), work)).Add(new(until, work)));
    }

    /// <summary>After an answer. While another is outstanding it may be about an older attempt: then the hold goes on.</summary>
    public Leases Answer(WorkUnit work) => Asked.GetValueOrDefault(work) switch
    {
        0 => this,
        1 => new(Asked.Remove(work), Held.Remove(work), ByEnd.Remove(new(Until(work), work))),
        var asked => this with { Asked = Asked.SetItem(work, asked - 1) },
    };

    public Leases At(DateTimeOffset now)
    {
        var leases = this;
        while (leases.ByEnd.Min is { } first && first.Until <= now) leases = leases with { Held = leases.Held.Remove(first.Work), ByEnd = leases.ByEnd.Remove(first) };
        return leases;
    }
}

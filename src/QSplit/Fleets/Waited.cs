namespace QSplit.Fleets;

/// <summary>How long no host was left. A host on trial stops the clock; only one that is well sets it back, so that one that always fails its trial does not keep a run up for ever.</summary>
/// <param name="Before">The time until the clock was last stopped.</param>
/// <param name="Since">When it was started again; null while it stands.</param>
internal sealed record Waited(TimeSpan Before, DateTimeOffset? Since)
{
    public static readonly Waited None = new(TimeSpan.Zero, null);

    public Waited Start(DateTimeOffset now) => Since is null ? this with { Since = now } : this;

    public Waited Stop(DateTimeOffset now) => Since is null ? this : new(For(now), null);

    public TimeSpan For(DateTimeOffset now) => Since is { } since ? Before + (now - since) : Before;

    /// <summary>When the time is over if nothing else happens; null while the clock stands.</summary>
    public DateTimeOffset? OverAt(TimeSpan patience) => Since + (patience - Before);
}

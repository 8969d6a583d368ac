using System.Collections.Concurrent;

namespace QSplit.Qumulo.Tests.Client;

/// <summary>A clock by which nobody has to wait: what is to ring within a minute rings at once, and is remembered. Longer times are real.</summary>
internal sealed class HurriedTime : TimeProvider
{
    /// <summary>Time-outs that are too long to be hurried; waits that are the same each time.</summary>
    public static QumuloSettings Settings { get; } = new() { ReadTimeout = TimeSpan.FromMinutes(10), ConnectTimeout = TimeSpan.FromMinutes(10), Jitter = () => 0.5 };

    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => new(2026, 11, 22, 17, 30, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.FromMinutes(1) || dueTime == Timeout.InfiniteTimeSpan) return base.CreateTimer(callback, state, dueTime, period);
        Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}

namespace QSplit.Tests;

/// <summary>Waits that take a twentieth of their time.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Times = 20;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Hurry(dueTime), Hurry(period));

    private static TimeSpan Hurry(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / Times;
}

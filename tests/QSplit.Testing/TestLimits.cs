namespace QSplit.Testing;

/// <summary>The time limit of tests. It detects a hang and nothing else: a test on a slow or busy machine ends far below it.</summary>
public static class TestLimits
{
    /// <summary>For <c>[Fact(Timeout = HangLimit)]</c>, in milliseconds.</summary>
    public const int HangLimit = 30 * 60 * 1000;

    /// <summary>The same as a time span, for loops that wait for an event.</summary>
    public static TimeSpan Hang { get; } = TimeSpan.FromMilliseconds(HangLimit);
}

using System.Diagnostics;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>Waits for what other processes do.</summary>
internal static class Patience
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    /// <exception cref="TimeoutException">It was not so within the limit.</exception>
    public static async Task UntilAsync(Func<bool> isSo, string what)
    {
        for (var since = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(LookEvery, TestContext.Current.CancellationToken))
            if (Stopwatch.GetElapsedTime(since) > Hang) throw new TimeoutException($"Waited {Hang.TotalMinutes} minutes in vain: {what}.");
    }
}

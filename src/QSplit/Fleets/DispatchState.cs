using System.Collections.Immutable;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Fleets;

/// <summary>What the dispatcher knows: the run, and how this session's attempts went. Changed by events only.</summary>
/// <param name="Run">As folded so far.</param>
/// <param name="Retries">Buckets that failed in this session; each command starts with patience anew.</param>
/// <param name="Halt">Why nothing may begin any more and what runs is to end, or null.</param>
internal sealed record DispatchState(RunState Run, ImmutableDictionary<int, Retry> Retries, string? Halt)
{
    /// <summary>Failures of the host or the network in a row before a bucket is given up for this session.</summary>
    public const int MostTries = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    public static DispatchState Of(RunState run) => new(run, ImmutableDictionary<int, Retry>.Empty, null);

    /// <summary>The state after one more event, which happened at <paramref name="now"/>.</summary>
    public DispatchState After(RunEvent happened, DateTimeOffset now)
    {
        var next = this with { Run = Run.After(happened) };
        if (happened is not RunEvent.AttemptEnded { Work: { IsBucket: true } work } ended) return next;
        var retry = Retries.GetValueOrDefault(work.Bucket, Retry.None);
        return ended.Outcome switch
        {
            TransferOutcome.Succeeded => next with { Retries = Retries.Remove(work.Bucket) },
            TransferOutcome.Partial => next with { Retries = Retries.SetItem(work.Bucket, retry.AfterPartial(now)) },
            TransferOutcome.Transient => next with { Retries = Retries.SetItem(work.Bucket, retry.AfterTransient(now, FirstPause, MostTries)) },
            TransferOutcome.NoSpace o => next with { Halt = Halt ?? $"the target is full: {FirstLine(o.Message)}" },
            // Exit code 0 is no word of rsync's: the reason is this program's own.
            TransferOutcome.Refused { ExitCode: 0 } o => next with { Halt = Halt ?? FirstLine(o.Message) },
            TransferOutcome.Refused o => next with { Halt = Halt ?? $"rsync refused its arguments or cannot do what they ask (exit {o.ExitCode}): {FirstLine(o.Message)}" },
            TransferOutcome.DeleteLimit o => next with { Halt = Halt ?? $"the limit on deletions was reached: {FirstLine(o.Message)}" },
            _ => next,
        };
    }

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}

/// <summary>How a bucket that failed in this session is to be tried again.</summary>
/// <param name="Partials">Attempts that left some entries behind: the first is followed by a retry of those entries, the second is reported.</param>
/// <param name="Transients">Failures of the host or the network in a row.</param>
/// <param name="NotBefore">When it may be tried again; null when it is given up for this session.</param>
internal sealed record Retry(int Partials, int Transients, DateTimeOffset? NotBefore)
{
    public static readonly Retry None = new(0, 0, DateTimeOffset.MinValue);

    public Retry AfterPartial(DateTimeOffset now) => this with { Partials = Partials + 1, Transients = 0, NotBefore = Partials == 0 ? now : null };

    public Retry AfterTransient(DateTimeOffset now, TimeSpan firstPause, int mostTries) => this with
    {
        Transients = Transients + 1,
        NotBefore = Transients + 1 < mostTries ? now + (firstPause * Math.Pow(2, Transients)) : null,
    };
}

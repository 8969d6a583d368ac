using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace QSplit.Qumulo.Calls;

/// <summary>When a call is sent again, and after how long.</summary>
internal static class RetryRules
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromSeconds(60);

    public static ResiliencePipeline Pipeline(QumuloSettings settings, TimeProvider time) => settings.Retries < 1
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = settings.Retries,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is IReply { Again: true }),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Delay(args.AttemptNumber, (args.Outcome.Result as IReply)?.Fault, settings.Jitter())),
            })
            .Build();

    /// <summary>As long as the cluster asks for; else half a second, doubled each time, 30 s at most, and 50 to 150 % of that.</summary>
    /// <param name="attempt">0 before the first retry.</param>
    /// <param name="jitter">0 to 1.</param>
    public static TimeSpan Delay(int attempt, Fault? fault, double jitter)
    {
        if (fault is Fault.Answered { RetryAfter: { } asked }) return asked < LongestAsked ? asked : LongestAsked;
        var doubled = First * Math.Pow(2, Math.Min(attempt, 16));
        return (doubled < Longest ? doubled : Longest) * (0.5 + jitter);
    }

    /// <summary>What a <c>Retry-After</c> asks for: seconds, or a date. Null when there is none.</summary>
    public static TimeSpan? Asked(RetryConditionHeaderValue? header, DateTimeOffset now) => header switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };
}

namespace QSplit.Qumulo.Calls;

/// <summary>How long calls may take, how many there may be at once, and how often one is repeated. <see cref="Jitter"/> gives 0 to 1.</summary>
internal sealed record CallLimits(TimeSpan Connect, TimeSpan Silence, int Retries, int AtOnce, long LargestAnswer, Func<double> Jitter);

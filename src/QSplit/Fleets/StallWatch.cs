namespace QSplit.Fleets;

/// <summary>Cancels an attempt that shows no sign of life for too long.</summary>
internal sealed class StallWatch : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private readonly TimeSpan _limit;

    public StallWatch(TimeProvider time, TimeSpan limit, CancellationToken cancellationToken)
    {
        _limit = limit;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(_ => Stall(), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the attempt is to end, by this or by whoever else may end it.</summary>
    public CancellationToken Token => _source.Token;

    public bool IsStalled { get; private set; }

    /// <summary>Something was heard.</summary>
    public void Sign() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Stall()
    {
        IsStalled = !_source.IsCancellationRequested;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended in this very moment.
        }
    }
}

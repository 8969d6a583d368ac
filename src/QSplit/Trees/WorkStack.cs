using System.Diagnostics.CodeAnalysis;

namespace QSplit.Trees;

/// <summary>Work that makes more work, for several threads: the newest first, and at an end when nothing is left and nobody is at work.</summary>
internal sealed class WorkStack<T>
{
    private readonly object _gate = new();
    private readonly Stack<T> _work = new();
    private int _unfinished;
    private int _waiting;
    private bool _closed;

    /// <summary>Whether a thread has nothing to do right now.</summary>
    public bool SomeoneWaits => Volatile.Read(ref _waiting) > 0;

    public void Push(T work) => Push(new ReadOnlySpan<T>(in work));

    public void Push(ReadOnlySpan<T> work)
    {
        lock (_gate)
        {
            foreach (var one in work) _work.Push(one);
            _unfinished += work.Length;
            for (var i = Math.Min(_waiting, work.Length); i > 0; i--) Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes work, waiting while others may still make some; false at the end. What was taken is over with <see cref="Finish"/>.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T work)
    {
        lock (_gate)
        {
            while (_work.Count == 0 && _unfinished > 0 && !_closed)
            {
                _waiting++;
                Monitor.Wait(_gate);
                _waiting--;
            }
            if (!_closed) return _work.TryPop(out work);
            work = default;
            return false;
        }
    }

    public void Finish()
    {
        lock (_gate)
        {
            if (--_unfinished == 0) Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends it, whatever is left.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}

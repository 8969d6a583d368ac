using QSplit.Partitioning;
using QSplit.Runs;

namespace QSplit.Reports;

/// <summary>The view without a terminal: a line for each bucket that ends, and a summary at most every 30 seconds.</summary>
public sealed class PlainView(TimeProvider time, Action<string> write) : IRunView
{
    private static readonly TimeSpan SummaryEvery = TimeSpan.FromSeconds(30);

    public void Say(string line) => write(line);

    public IRunDisplay Show(Plan plan, Func<ProgressSnapshot> now) => new Display(plan, now, time, write);

    public void Conclude(RunSummary summary)
    {
        foreach (var text in SummaryText.Lines(summary)) write(text);
    }

    private sealed class Display : IRunDisplay
    {
        private readonly Lock _gate = new();
        private readonly Plan _plan;
        private readonly Action<string> _write;
        private readonly ITimer _timer;
        private bool _closed;

        public Display(Plan plan, Func<ProgressSnapshot> now, TimeProvider time, Action<string> write)
        {
            (_plan, _write) = (plan, write);
            _timer = time.CreateTimer(_ => Write(ProgressText.Summary(now())), null, SummaryEvery, SummaryEvery);
        }

        public void Happened(RunEvent happened)
        {
            var text = happened is RunEvent.AttemptEnded ended ? ProgressText.Ended(_plan, ended) : ProgressText.OfHost(happened);
            if (text is not null) Write(text);
        }

        public void Dispose()
        {
            _timer.Dispose();
            lock (_gate) _closed = true;
        }

        // The timer has a thread of its own, which may be late.
        private void Write(string text)
        {
            lock (_gate)
                if (!_closed) _write(text);
        }
    }
}

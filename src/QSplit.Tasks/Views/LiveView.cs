using System.Threading.Channels;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using Spectre.Console;

namespace QSplit.Tasks.Views;

/// <summary>The view on a terminal: overall progress and a row for each slot, redrawn in place; failures and what happens to hosts scroll by above.</summary>
/// <remarks>
/// While the picture is shown, only the task that draws it writes to the console. Spectre.Console locks the picture and then the console to
/// draw, and the console and then the picture to write a line: two threads that do both wait for each other forever.
/// </remarks>
internal sealed class LiveView(IAnsiConsole console) : IRunView
{
    private Display? _display;

    public void Say(string line)
    {
        if (Volatile.Read(ref _display) is { } display) display.Write(() => console.WriteLine(line));
        else console.WriteLine(line);
    }

    public IRunDisplay Show(Plan plan, Func<ProgressSnapshot> now)
    {
        var display = new Display(console, plan, now);
        Volatile.Write(ref _display, display);
        return display;
    }

    public void Conclude(RunSummary summary) => SummaryTable.Write(console, summary);

    private sealed class Display : IRunDisplay
    {
        private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
        private readonly CancellationTokenSource _ended = new();
        private readonly Channel<Action> _lines = Channel.CreateUnbounded<Action>();
        private readonly Task _drawing;
        private readonly IAnsiConsole _console;
        private readonly Plan _plan;

        public Display(IAnsiConsole console, Plan plan, Func<ProgressSnapshot> now)
        {
            (_console, _plan) = (console, plan);
            _drawing = Task.Run(() => console.Live(LivePicture.Of(plan, now())).AutoClear(true).StartAsync(context => DrawAsync(context, now)));
        }

        public void Happened(RunEvent happened)
        {
            if (happened is RunEvent.AttemptEnded { Outcome: not Transfers.TransferOutcome.Succeeded } ended && ProgressText.Ended(_plan, ended) is { } text)
                Write(() => _console.MarkupLineInterpolated($"[red]{text}[/]"));
            else if (ProgressText.OfHost(happened) is { } host) Write(() => _console.MarkupLineInterpolated($"[yellow]{host}[/]"));
        }

        /// <summary>Has a line written above the picture with its next change; at once when the picture is gone.</summary>
        public void Write(Action line)
        {
            if (_lines.Writer.TryWrite(line)) return;
            _drawing.Wait();
            line();
        }

        public void Dispose()
        {
            _lines.Writer.TryComplete();
            _ended.Cancel();
            _drawing.Wait();
            _ended.Dispose();
        }

        private async Task DrawAsync(LiveDisplayContext context, Func<ProgressSnapshot> now)
        {
            using var timer = new PeriodicTimer(Every);
            try
            {
                while (await timer.WaitForNextTickAsync(_ended.Token))
                {
                    WriteLines();
                    context.UpdateTarget(LivePicture.Of(_plan, now()));
                }
            }
            catch (OperationCanceledException)
            {
                // The run has ended.
            }
            WriteLines();
        }

        // Those that are there by now: the picture is not to wait for the end of lines that come without a pause.
        private void WriteLines()
        {
            for (var left = _lines.Reader.Count; left > 0 && _lines.Reader.TryRead(out var line); left--) line();
        }
    }
}

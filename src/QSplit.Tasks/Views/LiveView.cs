using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using Spectre.Console;

namespace QSplit.Tasks.Views;

/// <summary>The view on a terminal: overall progress and a row for each slot, redrawn in place; failures and what happens to hosts scroll by above.</summary>
internal sealed class LiveView(IAnsiConsole console) : IRunView
{
    public void Say(string line) => console.WriteLine(line);

    public IRunDisplay Show(Plan plan, Func<ProgressSnapshot> now) => new Display(console, plan, now);

    public void Conclude(RunSummary summary) => SummaryTable.Write(console, summary);

    private sealed class Display : IRunDisplay
    {
        private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
        private readonly CancellationTokenSource _ended = new();
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
                _console.MarkupLineInterpolated($"[red]{text}[/]");
            else if (ProgressText.OfHost(happened) is { } host) _console.MarkupLineInterpolated($"[yellow]{host}[/]");
        }

        public void Dispose()
        {
            _ended.Cancel();
            _drawing.Wait();
            _ended.Dispose();
        }

        private async Task DrawAsync(LiveDisplayContext context, Func<ProgressSnapshot> now)
        {
            using var timer = new PeriodicTimer(Every);
            try
            {
                while (await timer.WaitForNextTickAsync(_ended.Token)) context.UpdateTarget(LivePicture.Of(_plan, now()));
            }
            catch (OperationCanceledException)
            {
                // The run has ended.
            }
        }
    }
}

using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Tasks.Views;
using QSplit.Transfers;
using QSplit.Trees;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace QSplit.Tasks.Tests.Views;

public sealed class LiveViewSpecs
{
    /// <remarks>It did: the thread that drew and the one that wrote each had a lock that the other waited for.</remarks>
    [Fact(Timeout = HangLimit)]
    public async Task Lines_that_are_written_while_the_picture_is_drawn_do_not_stop_it()
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(TextWriter.Synchronized(text)),
        });
        console.Pipeline.Attach(new SlowHook());
        var plan = new Plan("music", "202611221730", "/mnt/old", Totals.Zero, [], [], new PlanBalance(BalanceBy.Cost, 0, 0, 0), []);
        var view = new LiveView(console);
        var (drawn, count) = (0, 0);

        // Lines without a pause, until the picture was drawn ten times.
        await Task.Run(
            () =>
            {
                using var display = view.Show(plan, () =>
                {
                    Interlocked.Increment(ref drawn);
                    return new ProgressSnapshot(0, 1, 0, 0, 1, null, null, []) { At = DateTimeOffset.UnixEpoch };
                });
                for (; Volatile.Read(ref drawn) < 10; count++)
                {
                    view.Say($"said {count}");
                    display.Happened(Failed(count));
                    // Not faster than they are written.
                    Thread.Sleep(15);
                }
            },
            TestContext.Current.CancellationToken);
        view.Say("at the end");

        var said = text.ToString();
        said.ShouldContain($"said {count - 1}");
        said.ShouldContain($"failed {count - 1}");
        said.TrimEnd().ShouldEndWith("at the end");
    }

    /// <summary>Makes the time longer in which a thread that writes has one lock and not yet the other.</summary>
    private sealed class SlowHook : IRenderHook
    {
        public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables)
        {
            Thread.Sleep(5);
            return renderables;
        }
    }

    private static RunEvent.AttemptEnded Failed(int number) =>
        new(WorkUnit.Seal, 1, new TransferOutcome.Transient(11, $"failed {number}"), default, 0.1);
}

using QSplit.Reports;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>A tree of some size, in which work goes on while it is copied and synced.</summary>
public sealed class LargeHistorySpecs
{
    private const int AtOnce = 20;
    private const int Tries = 4;

    // More files, and a live tree, which may leave what only a list of deletes makes way for: where more histories are asked for.
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("QSPLIT_HISTORIES") is not null;

    private static readonly int Files = IsLong ? 20_000 : 6_000;

    // So few that what is left is more than what is to be deleted.
    private static readonly int MostBesideAPass = Files / 80;

    public static TheoryData<SourceKind> Kinds => IsLong ? [SourceKind.Frozen, SourceKind.Live] : [SourceKind.Frozen];

    [Theory(Timeout = HangLimit)]
    [MemberData(nameof(Kinds))]
    public async Task Thousands_of_files_that_change_while_they_are_copied_and_synced_are_equal_in_the_end(SourceKind kind)
    {
        await using var site = await ChangingSite.StartAsync(kind, buckets: 8);
        TreeMaker.Make(site.Source, new(Seed: 7, Files: Files, Bytes: 20_000_000, FilesPerDirectory: 12));
        var history = site.History(seed: 7, glance: AtOnce);
        var copied = await BesideAsync(history, site.MigrateAsync);
        // The history may delete before the tree is read.
        copied.Plan.Totals.Entries.ShouldBeGreaterThan(Files / 2);
        for (var pass = 0; pass < 3; pass++) await BesideAsync(history, () => site.SyncAsync());

        var ended = await site.CutoverAsync();

        ended.Cutover.IsSignedOff.ShouldBeTrue($"{ended.HowToGoOn}\n{string.Join('\n', site.Differences())}");
        site.Differences().ShouldBeEmpty();
        history.Done.Count.ShouldBeGreaterThan(4 * AtOnce);
    }

    // What is in the way of what came in its place while rsync looked at it is copied when the same command is given again.
    private static async Task<RunSummary> BesideAsync(History history, Func<Task<RunSummary>> run)
    {
        using var ended = new CancellationTokenSource();
        var changes = Task.Run(() =>
        {
            for (var done = 0; done < MostBesideAPass && !ended.IsCancellationRequested; done += AtOnce) history.Change(AtOnce);
        });
        var summary = await run();
        await ended.CancelAsync();
        await changes;
        for (var i = 1; i < Tries && !summary.Run.IsFinished; i++) summary = await run();
        summary.Run.IsFinished.ShouldBeTrue(summary.HowToGoOn);
        return summary;
    }
}

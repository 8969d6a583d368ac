using QSplit.Partitioning;
using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>Syncs by what the cluster says has changed, through whatever people do to a tree.</summary>
public sealed class ChangedHistorySpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task After_any_history_of_changes_the_trees_are_equal_once_the_list_was_carried_out(int seed)
    {
        await using var site = await SinceSite.StartAsync("new");
        TreeMaker.Make(site.Source, new(seed, 60, 60_000, FilesPerDirectory: 4));
        await site.MigrateAsync();
        var history = new History(site.Source, seed) { Sparing = ".snapshot" };
        for (var pass = 0; pass < 2; pass++)
        {
            history.Change(12);
            (await site.SyncAsync()).Plan.Scope.ShouldBe(PlanScope.Changes);
        }
        history.Change(6);
        (await site.SyncAsync()).Plan.Scope.ShouldBe(PlanScope.Changes);

        await site.SyncAsync(deletes: site.LastList());

        TreeComparison.Differences(site.Source, site.Target).Where(line => !line.Contains(".snapshot", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}

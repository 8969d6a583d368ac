using QSplit.Testing;
using QSplit.Trees;

namespace QSplit.Tests.Trees;

/// <summary>Alone, since memory is counted for the whole process.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;

[Collection<Alone>]
public sealed class LocalTreeMemorySpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task A_tree_is_held_in_some_bytes_an_entry()
    {
        using var folder = new TemporaryFolder(TemporaryFolder.InMemory);
        TreeMaker.Make(folder.Path, new(Seed: 1, Files: 50_000, Bytes: 1_000_000_000, FilesPerDirectory: 10, Holes: true));

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var tree = await LocalTree.CrawlAsync(folder.Path, new(), null, TestContext.Current.CancellationToken);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;

        (held / (double)tree.Totals.Entries).ShouldBeInRange(10, 60);
        GC.KeepAlive(tree);
    }
}

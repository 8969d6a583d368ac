namespace QSplit.Qumulo.Tests.Synthetic;

/// <summary>Alone, since memory is counted for the whole process.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;

[Collection<Alone>]
public sealed class SyntheticMemorySpecs
{
    [Fact]
    public void A_tree_of_10_to_the_12_files_takes_no_more_memory_than_what_is_asked_of_it()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var tree = SyntheticWalk.Tree("files=1e12,seed=7");
        for (var way = 0; way < 300; way++) foreach (var directory in tree.Descend(new Random(way))) tree.TotalsOf(directory);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(20_000_000);
        GC.KeepAlive(tree);
    }
}

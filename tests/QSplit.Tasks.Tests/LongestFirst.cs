using QSplit.Tasks.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace QSplit.Tasks.Tests;

/// <summary>Specs that take long begin at once: whichever begins last is waited for by all.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = ["FrontDoorSpecs", "KilledControllerSpecs", "InterruptionSpecs", "CutoverSpecs", "CommandSpecs", "SyncSpecs", "FaultSpecs", "ArrivalSpecs"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName))];

    private static int Place(string name) => Array.FindIndex(Long, one => name.Contains($".{one} ", StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length;
}

namespace QSplit.Tasks.Tests.FrontDoor;

/// <summary>The tests that share one clone, which is compiled once.</summary>
[CollectionDefinition(nameof(OneClone))]
public sealed class OneClone : ICollectionFixture<Clone>;

using System.Collections.Immutable;
using QSplit.Pipes;
using QSplit.Reports;
using QSplit.Stages;

namespace QSplit.Tasks.Tests.FrontDoor;

/// <summary>The README's C#, which compiles because it stands here.</summary>
public static class ReadmeExamples
{
    public static Flow<ImmutableArray<RunSummary>> Moved(MigrationPipeline pipeline, MigrationRequest request) =>
        request | pipeline.ReadManifest >> pipeline.Run(pipeline.Survey >> pipeline.Partition).ForEach();
}

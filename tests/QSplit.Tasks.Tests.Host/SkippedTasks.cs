using Cake.Frosting;

namespace QSplit.Tasks.Tests.Host;

/// <summary>Names the interface again, which is how a task gives its reason: the base classes have none.</summary>
public sealed class Skip : FrostingTask<SampleContext>, IFrostingTask
{
    public string SkippedMessage => "There is no cluster here.";

    public override bool ShouldRun(SampleContext context) => false;

    public override void Run(SampleContext context) => context.Note("Skip");
}

[IsDependentOn(typeof(Skip))]
public sealed class AfterSkip : FrostingTask<SampleContext>
{
    public override bool ShouldRun(SampleContext context) => true;

    public override void Run(SampleContext context) => context.Note("AfterSkip");
}

/// <summary>Works with a context that this host does not have.</summary>
public sealed class Foreign : FrostingTask<OtherContext>
{
    public override void Run(OtherContext context) => throw new NotSupportedException();
}

/// <summary>Is not exported, so it is not found.</summary>
internal sealed class Hidden : FrostingTask;

/// <summary>Is not concrete, so it is no task.</summary>
public abstract class Half : FrostingTask;

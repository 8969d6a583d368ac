using Cake.Frosting;

namespace QSplit.Tasks.Tests.Host;

public sealed class Fail : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => throw new InvalidOperationException("The disk is gone.");

    public override void Finally(SampleContext context) => context.Note("Finally");
}

[IsDependentOn(typeof(Fail))]
public sealed class AfterFail : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Note("AfterFail");
}

public sealed class Handle : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => throw new InvalidOperationException("The disk is gone.");

    public override void OnError(Exception exception, SampleContext context) => context.Note($"OnError: {exception.Message}");
}

[IsDependentOn(typeof(Handle))]
public sealed class AfterHandle : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Note("AfterHandle");
}

public sealed class HandBack : AsyncFrostingTask<SampleContext>
{
    public override Task RunAsync(SampleContext context) => Task.FromException(new InvalidOperationException("The disk is gone."));

    public override void OnError(Exception exception, SampleContext context) => throw new InvalidOperationException("And so is its copy.", exception);
}

[ContinueOnError]
public sealed class Tolerate : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => throw new InvalidOperationException("The disk is gone.");
}

[IsDependentOn(typeof(Tolerate))]
public sealed class AfterTolerate : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Note("AfterTolerate");
}

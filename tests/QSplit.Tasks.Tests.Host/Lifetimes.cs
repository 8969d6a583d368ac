using Cake.Core;
using Cake.Frosting;

namespace QSplit.Tasks.Tests.Host;

public sealed class SampleLifetime : FrostingLifetime<SampleContext>
{
    public override void Setup(SampleContext context, ISetupContext info)
        => context.Note($"Setup for {string.Join(", ", info.TasksToExecute.Select(task => task.Name))}");

    public override void Teardown(SampleContext context, ITeardownContext info)
        => context.Note($"Teardown after {(info.Successful ? "success" : info.ThrownException.Message)}");
}

public sealed class SampleTaskLifetime : FrostingTaskLifetime<SampleContext>
{
    public override void Setup(SampleContext context, ITaskSetupContext info) => context.Note($"Setup of {info.Task.Name}");

    public override void Teardown(SampleContext context, ITaskTeardownContext info)
        => context.Note($"Teardown of {info.Task.Name}{(info.Successful ? "" : ", failed")}{(info.Skipped ? ", skipped" : "")}");
}

public sealed class FailingSetup : FrostingSetup<SampleContext>
{
    public override void Setup(SampleContext context, ISetupContext info) => throw new InvalidOperationException("The mount is not there.");
}

public sealed class SampleTeardown : FrostingTeardown<SampleContext>
{
    public override void Teardown(SampleContext context, ITeardownContext info)
        => context.Note($"Teardown after {(info.Successful ? "success" : "failure")}");
}

public sealed class SampleTaskSetup(Journal journal) : FrostingTaskSetup
{
    public override void Setup(ICakeContext context, ITaskSetupContext info) => journal.Add($"Setup of {info.Task.Name}");
}

public sealed class SampleTaskTeardown(Journal journal) : FrostingTaskTeardown
{
    public override void Teardown(ICakeContext context, ITaskTeardownContext info) => journal.Add($"Teardown of {info.Task.Name}");
}

using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;

namespace QSplit.Tasks.Tests.Host;

[TaskDescription("Fetches what is to be compiled.")]
public sealed class Fetch : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Note("Fetch");
}

[TaskName("Compile-All")]
[TaskDescription("Compiles what was fetched.")]
[IsDependentOn(typeof(Fetch))]
public sealed class Compile : AsyncFrostingTask<SampleContext>
{
    public override async Task RunAsync(SampleContext context)
    {
        await Task.Yield();
        context.Note("Compile");
    }
}

[IsDependentOn(typeof(Fetch))]
public sealed class Check : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Note("Check");
}

[IsDependentOn(typeof(Compile))]
public sealed class Default : FrostingTask
{
}

public sealed class Late : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Note("Late");
}

[IsDependeeOf(typeof(Late))]
public sealed class Early : FrostingTask<SampleContext>
{
    public override void Run(SampleContext context) => context.Note("Early");
}

/// <summary>Works with Cake's own context, and is given what it needs.</summary>
public sealed class Where(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context) => journal.Add(context.Environment.WorkingDirectory.FullPath);
}

public sealed class Ask(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context)
        => journal.Add(string.Join(" and ", context.Arguments.GetArguments("manifest")));
}

public sealed class Speak : FrostingTask
{
    public override void Run(ICakeContext context)
    {
        context.Error("loud");
        context.Information("plain");
        context.Debug("whispered");
    }
}

public sealed class Loaded(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context)
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            journal.Add(assembly.GetName().Name!);
        }
    }
}

using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;

namespace QSplit.Tasks.Tests.Host;

[TaskName("Default")]
[TaskDescription("Says hello, and where it is.")]
public sealed class Hello : FrostingTask
{
    public override void Run(ICakeContext context)
        => context.Information("Hello from {0}", context.Environment.WorkingDirectory);
}

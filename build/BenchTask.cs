using Cake.Common;
using Cake.Core.IO;
using Cake.Frosting;
using QSplit.Errors;
using QSplit.Tasks;

namespace Build;

[TaskName("Bench")]
[TaskDescription("Compares with peers, one bench after another, and prints the figures; bench/README.md has those of one day")]
public sealed class BenchTask : FrostingTask<QSplitContext>
{
    private static readonly string[] Benches = ["start.sh", "crawl.sh", "plan.sh", "sync.sh", "copy.sh", "fleet.sh"];

    public override void Run(QSplitContext context)
    {
        foreach (var bench in Benches)
        {
            context.Say($"{Environment.NewLine}bench/{bench}");
            var code = context.StartProcess($"{Repository.Root}/bench/{bench}", new ProcessSettings { WorkingDirectory = Repository.Root });
            if (code != 0) throw new CommandFailedException($"bench/{bench} exited {code}; what it said is above. On its own: bench/{bench}");
        }
    }
}

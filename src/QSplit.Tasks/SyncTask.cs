using Cake.Frosting;
using QSplit.Manifests;

namespace QSplit.Tasks;

[TaskName("Sync")]
[TaskDescription("Copies what changed since the last pass, and lists what is only on the targets; deletes by a reviewed list alone. --manifest --migration --hosts --buckets --since=last|ID|TIME --accept-incomplete --retry=CLASS --deletes=FILE --accept-drift --fresh")]
public sealed class SyncTask : AsyncFrostingTask<QSplitContext>
{
    public override async Task RunAsync(QSplitContext context)
    {
        var request = context.Request;
        if (request.Deletes) throw new ManifestException("--deletes needs the list that was reviewed: --deletes=artifacts/runs/NAME/STAMP/deletes.json. Sync without it makes one.");
        MigrateTask.Conclude(await context.RunAsync(request | context.Pipeline.Sync), context);
    }
}

using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Runs;
using QSplit.Scripts;
using QSplit.Transports;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>Whether hosts see the tree of a plan: asked of them, not of this machine.</summary>
internal static class PlannedTree
{
    private const int NoDirectory = 92;

    /// <summary>Every one of <paramref name="hosts"/> must see the planned tree as its source.</summary>
    /// <exception cref="StorageException">One does not: with the reason, and what to do.</exception>
    public static async Task RequireSourceAsync(Planned planned, IEnumerable<Host> hosts, Surroundings around, CancellationToken cancellationToken)
    {
        var witnesses = planned.Witnesses;
        var whys = await Task.WhenAll(hosts.Select(host => WhyNotAsync(planned, host, planned.SourceRootOn(host), witnesses, around, cancellationToken)));
        cancellationToken.ThrowIfCancellationRequested();
        if (whys.OfType<string>().FirstOrDefault() is { } why) throw new StorageException(why);
    }

    /// <summary>One of the hosts must see the planned tree as its target: "all is done" would be a lie about one that has gone away.</summary>
    /// <param name="store">Has the exceptions: what could not be copied proves nothing.</param>
    /// <exception cref="StorageException">None does.</exception>
    public static async Task RequireTargetAsync(Planned planned, RunStore store, Surroundings around, CancellationToken cancellationToken)
    {
        var failed = store.PassesOf(planned.Job.Migration.Name).Take(1).Append(planned.Run).Distinct()
            .SelectMany(run => store.Load(run)?.Exceptions ?? []).Select(entry => EntryPath.Parse(entry.Path)).ToHashSet();
        var present = failed.Count == 0 ? planned.Present : [.. planned.Present.Where(path => !path.Upwards().Any(failed.Contains))];
        var witnesses = Witnesses.Of(present);
        var whys = new List<string>();
        foreach (var host in planned.Job.Hosts)
        {
            if (await WhyNotAsync(planned, host, planned.Job.TargetOn(host), witnesses, around, cancellationToken) is not { } why) return;
            cancellationToken.ThrowIfCancellationRequested();
            whys.Add(why);
        }
        throw new StorageException($"Run {planned.Run} is finished, but {whys[0]} If the target was emptied on purpose, copy anew: {planned.Job.CommandFor("Migrate")} --fresh");
    }

    private static async Task<string?> WhyNotAsync(
        Planned planned, Host host, string root, ImmutableArray<EntryPath> witnesses, Surroundings around, CancellationToken cancellationToken)
    {
        var counted = "";
        var script = host.Shell == HostShell.Cmd ? BatchTree.Alone(root, witnesses, NoDirectory) : TreeQuestion.Alone(root, witnesses, NoDirectory);
        var end = await around.Hosts.To(host).RunAsync(script, new Listener(_ => { }, _ => { }, said => counted = said["tree ".Length..]), cancellationToken);
        var on = host.Local ? "" : $"{host.Name}: ";
        return end switch
        {
            { IsKnown: false } => $"{on}{end.Words}",
            { ExitCode: 0 } => null,
            { ExitCode: NoDirectory } => $"{on}{NoRoot(planned, host, root)}",
            _ => $"{on}{Witnesses.WhyNotTheTree(root, witnesses, counted) ?? $"{root} cannot be looked at (exit {end.ExitCode})"}",
        };
    }

    // What copies plans anew by itself; what compares needs a pass with a view of its own first.
    private static string WithoutView(Job job) => CommandText.TargetOf(job.Command) switch
    {
        "Verify" => $"copy what changed since, from a new one, then verify that: {job.CommandFor("Sync")}",
        "DryRun" => $"make a new plan: {job.CommandFor("Plan")}",
        "Cutover" => $"begin another cutover: {job.Command} --fresh",
        _ => $"plan anew: {job.Command} --fresh",
    };

    private static string NoRoot(Planned planned, Host host, string root) => planned.Plan.Snapshot is { } snapshot && root == planned.SourceRootOn(host)
        ? $"Snapshot {snapshot.Id} was planned, but there is no {root}. Is {planned.Job.SourceOn(host)} the planned directory, and does the mount let .snapshot be entered? " +
          $"{(snapshot.Expires is { } expires ? $"The snapshot expires at {expires:yyyy-MM-dd HH:mm} UTC. " : "")}If it is gone: {WithoutView(planned.Job)}"
        : $"{root} is not there or is not a directory. Is it mounted?";
}

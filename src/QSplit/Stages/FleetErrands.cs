using QSplit.Fleets;
using QSplit.Manifests;
using QSplit.Preflights;
using QSplit.Scripts;
using QSplit.Transports;

namespace QSplit.Stages;

/// <summary>What the dispatcher wants to know of hosts. Nothing here fails the run: what cannot be found out is not known.</summary>
internal sealed class FleetErrands(RunSession session)
{
    private static readonly Listener Nobody = new(_ => { }, _ => { }, _ => { });

    /// <summary>Ends what may be left of an attempt on its host. Null when it cannot be told: the dispatcher then waits until it must have ended by itself.</summary>
    public async Task<FleetEvent?> EndLeaseAsync(Decision.EndLease wanted, CancellationToken cancellationToken)
    {
        if (session.HostOf(wanted.Loose.Host) is not { } host) return null;
        // What holds the work on Windows is a file in the target, which the next attempt comes to: it waits there.
        if (host.Shell == HostShell.Cmd) return new FleetEvent.LeaseEnded(wanted.Work);
        try
        {
            var end = await session.Around.Hosts.To(host).RunAsync(LeaseScript.End(session.LeaseOf(wanted.Work)), Nobody, cancellationToken);
            return end is { IsKnown: true, ExitCode: 0 } ? new FleetEvent.LeaseEnded(wanted.Work) : null;
        }
        catch (StorageException)
        {
            return null;
        }
    }

    /// <summary>Looks at a host as preflight did.</summary>
    public async Task<FleetEvent?> ProbeAsync(string name, CancellationToken cancellationToken)
    {
        if (session.HostOf(name) is not { } host) return null;
        try
        {
            var finding = await Preflight.RunOneAsync(session.Question, host, session.Findings, session.Around.Hosts, session.Around.Time, cancellationToken);
            session.Found(finding);
            return new FleetEvent.ProbeEnded(name, finding.WhyNot);
        }
        catch (StorageException e)
        {
            return new FleetEvent.ProbeEnded(name, e.Message);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}

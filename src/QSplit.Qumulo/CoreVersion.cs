using QSplit.Qumulo.Api;
using QSplit.Qumulo.Calls;

namespace QSplit.Qumulo;

/// <summary>What the version of the cluster's software can do. It is asked for once, when that matters for the first time.</summary>
internal sealed class CoreVersion(Caller caller)
{
    private static readonly Version LeavingAtime = new(7, 9);

    private Version? _known;

    /// <summary>Whether a listing can leave the access time of its directory alone.</summary>
    /// <exception cref="StorageException">The cluster cannot be reached.</exception>
    public async Task<bool> LeavesAtimeAsync(CancellationToken cancellationToken)
    {
        // Several may ask at once: the answer is the same.
        _known ??= await ReadAsync(cancellationToken);
        return _known >= LeavingAtime;
    }

    // A revision such as "Qumulo Core 7.9.0.3"; one that cannot be read is taken for an old version, which every newer one understands.
    private async Task<Version> ReadAsync(CancellationToken cancellationToken)
    {
        var reply = await caller.SendAsync(QumuloApi.Version, cancellationToken);
        if (reply.Fault is { } fault and not Fault.Answered) throw caller.Problems.Of(QumuloApi.Version, fault);
        return Version.TryParse(reply.Value?.RevisionId?.Split(' ')[^1], out var version) ? version : new();
    }
}

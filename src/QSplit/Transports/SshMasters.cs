using QSplit.Manifests;
using QSplit.Processes;

namespace QSplit.Transports;

/// <summary>The connections to one host: as many as its sessions need, each with at most ten.</summary>
/// <remarks>sshd's defaults: 10 sessions a connection (MaxSessions), and of more than 10 that are not signed in yet some are dropped (MaxStartups).</remarks>
/// <param name="folder">Where the sockets lie; short, and nobody else's.</param>
/// <param name="gate">Lets few connections be made at a time, over all hosts.</param>
internal sealed class SshMasters(Host host, string folder, SemaphoreSlim gate, ScriptRun run, Supervisor supervisor, TimeProvider time) : IAsyncDisposable
{
    // One of the ten is the connection's own.
    private const int MostSessions = 9;
    private const int MostTries = 4;
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(200);
    private readonly SemaphoreSlim _one = new(1);
    private readonly List<SshMaster> _masters = [];
    private int _number;

    /// <summary>A place for a session on a connection that is up; null, with what ssh said, when none can be made.</summary>
    public async Task<(SshMaster? Master, string Words)> RentAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await DropDeadAsync();
            var words = "";
            if (_masters.FirstOrDefault(m => m.Sessions < MostSessions) is not { } master)
            {
                (master, words) = await ConnectAsync(cancellationToken);
                if (master is null) return (null, words);
                _masters.Add(master);
            }
            master.Sessions++;
            return (master, words);
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task ReturnAsync(SshMaster master)
    {
        await _one.WaitAsync();
        master.Sessions--;
        _one.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_masters.Select(m => m.DisposeAsync().AsTask()));
        _masters.Clear();
        _one.Dispose();
    }

    private async Task DropDeadAsync()
    {
        foreach (var dead in _masters.Where(m => !m.IsUp).ToList())
        {
            _masters.Remove(dead);
            await dead.DisposeAsync();
        }
    }

    // A connection that is dropped before it is signed in has done nothing: it is tried again.
    private async Task<(SshMaster?, string)> ConnectAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                await Task.Delay(Jitter * Random.Shared.NextDouble(), time, cancellationToken);
                var (master, words) = await SshMaster.StartAsync(host, Path.Combine(folder, $"{++_number}"), run, supervisor, cancellationToken);
                if (master is not null || attempt == MostTries || !SshWords.MayPass(words)) return (master, words);
            }
            finally
            {
                gate.Release();
            }
            await Task.Delay(TimeSpan.FromSeconds(0.25 * Math.Pow(2, attempt)) * (1 + Random.Shared.NextDouble()), time, cancellationToken);
        }
    }
}

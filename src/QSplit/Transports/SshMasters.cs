using QSplit.Manifests;
using QSplit.Processes;

namespace QSplit.Transports;

/// <summary>The connections to one host: as many as its sessions need, each with at most ten.</summary>
/// <remarks>sshd's defaults: 10 sessions a connection (MaxSessions), and of more than 10 that are not signed in yet some are dropped (MaxStartups).</remarks>
/// <param name="folder">Where the sockets lie; short, and nobody else's.</param>
/// <param name="gate">Lets few connections be made at a time, over all hosts.</param>
internal sealed class SshMasters(Host host, string folder, SemaphoreSlim gate, ScriptRun run, Supervisor supervisor, TimeProvider time) : IAsyncDisposable
{
    private const int MostTries = 8;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(200);
    private readonly SemaphoreSlim _connecting = new(1);
    private readonly Lock _places = new();
    private readonly List<SshMaster> _masters = [];

    // One of the ten is the connection's own.
    private int _mostSessions = 9;
    private (int Count, string Words) _failed = (0, "");
    private int _number;

    /// <summary>A place for a session on a connection that is up; null, with what ssh said, when none can be made.</summary>
    public async Task<(SshMaster? Master, string Words)> RentAsync(CancellationToken cancellationToken)
    {
        if (TakePlace() is { } ready) return (ready, "");
        var failed = _failed.Count;
        await _connecting.WaitAsync(cancellationToken);
        try
        {
            if (TakePlace() is { } meanwhile) return (meanwhile, "");
            // Who has waited while all tries of another failed need not try it all over again.
            if (_failed.Count != failed) return (null, _failed.Words);
            await DropDeadAsync();
            var (master, words) = await ConnectAsync(cancellationToken);
            if (master is null) _failed = (_failed.Count + 1, words);
            else
            {
                lock (_places)
                {
                    master.Sessions = 1;
                    _masters.Add(master);
                }
            }
            return (master, words);
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Whether the host lets but one session over a connection, which is the connection's own.</summary>
    public bool IsOneEach
    {
        get
        {
            lock (_places) return _mostSessions < 1;
        }
    }

    /// <summary>A session was refused, though nothing of it began: the host lets fewer over a connection than usual (MaxSessions).</summary>
    /// <param name="sessions">How many there were with it.</param>
    public void AreFull(int sessions)
    {
        lock (_places) _mostSessions = Math.Min(_mostSessions, sessions - 1);
    }

    public void Return(SshMaster master)
    {
        lock (_places) master.Sessions--;
    }

    public async ValueTask DisposeAsync()
    {
        List<SshMaster> all;
        lock (_places) all = [.. _masters];
        await Task.WhenAll(all.Select(m => m.DisposeAsync().AsTask()));
        _connecting.Dispose();
    }

    private SshMaster? TakePlace()
    {
        lock (_places)
        {
            var master = _masters.FirstOrDefault(m => m.IsUp && m.Sessions < _mostSessions);
            if (master is not null) master.Sessions++;
            return master;
        }
    }

    private async Task DropDeadAsync()
    {
        List<SshMaster> dead;
        lock (_places)
        {
            dead = [.. _masters.Where(m => !m.IsUp)];
            _masters.RemoveAll(dead.Contains);
        }
        foreach (var master in dead) await master.DisposeAsync();
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
                var (master, words) = await SshMaster.StartAsync(host, Path.Combine(folder, $"{++_number}"), run, supervisor, time, cancellationToken);
                if (master is null) cancellationToken.ThrowIfCancellationRequested();
                if (master is not null || attempt == MostTries || !SshWords.MayPass(words)) return (master, words);
            }
            finally
            {
                gate.Release();
            }
            var pause = TimeSpan.FromSeconds(0.25 * Math.Pow(2, attempt));
            await Task.Delay((pause < LongestPause ? pause : LongestPause) * (1 + Random.Shared.NextDouble()), time, cancellationToken);
        }
    }
}

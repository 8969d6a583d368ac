using QSplit.Manifests;
using QSplit.Processes;
using QSplit.Scripts;

namespace QSplit.Transports;

/// <summary>One connection to a host, which carries several sessions. It ends when it is disposed, or when this program does, however that ends.</summary>
internal sealed class SshMaster : IAsyncDisposable
{
    // Its own session holds a place on the connection: it ends, and the connection with it, when our end of its standard input does.
    private const string Line = "echo qsplit-ready; exec cat >/dev/null";
    private const string Ready = "qsplit-ready";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    // For a profile that reads standard input, which would wait for ever; the host is found unfit by the first script.
    private static readonly byte[] Lines = [.. Enumerable.Repeat((byte)'\n', 100)];
    private readonly CancellationTokenSource _end = new();
    private readonly Queue<string> _words = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<CommandResult> _running = Task.FromResult(new CommandResult(ScriptEnd.SshFailed, TimeSpan.Zero, false));

    private SshMaster(string socket) => Socket = socket;

    public string Socket { get; }

    /// <summary>Sessions that it carries now; counted by its pool.</summary>
    public int Sessions { get; set; }

    /// <summary>Whether a session found it gone: its own end may take a moment to be known.</summary>
    public bool IsGone { get; set; }

    public bool IsUp => _ready.Task.IsCompletedSuccessfully && !_running.IsCompleted && !IsGone;

    /// <summary>Connects.</summary>
    /// <returns>The connection, or what ssh said instead.</returns>
    public static async Task<(SshMaster? Master, string Words)> StartAsync(
        Host host, string socket, ScriptRun run, Supervisor supervisor, TimeProvider time, CancellationToken cancellationToken)
    {
        var master = new SshMaster(socket);
        master._running = supervisor.RunAsync(run.Start(SshArguments.Master(host, socket, host.Shell == HostShell.Cmd ? CmdBoot.Hold(Ready) : Line), Lines, Timeout.InfiniteTimeSpan), master.Heard, master.Heard, master._end.Token);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var late = Task.Delay(Limit, time, enough.Token);
        var isLate = await Task.WhenAny(master._ready.Task, master._running, late) == late;
        await enough.CancelAsync();
        if (master.IsUp) return (master, "");
        await master.DisposeAsync();
        return (null, isLate ? $"{master.Words}{Environment.NewLine}{SshWords.NoShell}" : master.Words);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private string Words
    {
        get
        {
            lock (_words) return string.Join(Environment.NewLine, _words);
        }
    }

    // A login shell may greet without an end of line.
    private void Heard(string line)
    {
        if (line.EndsWith(Ready, StringComparison.Ordinal)) _ready.TrySetResult();
        lock (_words)
        {
            if (_words.Count == 20) _words.Dequeue();
            _words.Enqueue(line);
        }
    }
}

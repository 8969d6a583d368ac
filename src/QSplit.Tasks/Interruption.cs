using System.Runtime.InteropServices;

namespace QSplit.Tasks;

/// <summary>
/// Ctrl-C, SIGTERM and a closed terminal as the one token of the program. The first ends it in good order; the second at once, as any program:
/// what it had started ends with it.
/// </summary>
public sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>An interruption that listens to the signals of this process.</summary>
    public static Interruption OnSignals()
    {
        var interruption = new Interruption();
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            interruption._registrations.Add(PosixSignalRegistration.Create(signal, interruption.Happened));
        return interruption;
    }

    /// <summary>What a signal does.</summary>
    public void Interrupt() => _source.Cancel();

    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        _source.Dispose();
    }

    private void Happened(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        Interrupt();
    }
}

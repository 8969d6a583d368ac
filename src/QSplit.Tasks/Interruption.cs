using System.Runtime.InteropServices;
using QSplit.Stages;

namespace QSplit.Tasks;

/// <summary>
/// Ctrl-C, SIGTERM and a closed terminal as the one token of the program. The first ends it in good order; the second at once, as any program:
/// what it had started ends with it. SIGHUP while the terminal is there, or where there never was one, asks for the manifest to be read again.
/// </summary>
public sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly bool _hadTerminal = HasTerminal();

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Wishes that the manifest be read again.</summary>
    public Reloads Reloads { get; } = new();

    /// <summary>An interruption that listens to the signals of this process.</summary>
    public static Interruption OnSignals()
    {
        var interruption = new Interruption();
        // What is said while a run ends in good order after its terminal was closed.
        LastingWriter.Install();
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
            interruption._registrations.Add(PosixSignalRegistration.Create(signal, interruption.Happened));
        interruption._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, interruption.HungUp));
        return interruption;
    }

    /// <summary>What a signal does.</summary>
    public void Interrupt() => _source.Cancel();

    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        _source.Dispose();
    }

    private void HungUp(PosixSignalContext context)
    {
        if (_hadTerminal && !HasTerminal())
        {
            Happened(context);
            return;
        }
        context.Cancel = true;
        Reloads.Ask();
    }

    // The one that can end this program, whatever its outputs are (tty(4)).
    private static bool HasTerminal()
    {
        try
        {
            using var terminal = File.OpenHandle("/dev/tty", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Happened(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        Interrupt();
    }
}

using System.Diagnostics;
using QSplit.Scripts;
using QSplit.Testing;

namespace QSplit.Tests.Scripts;

/// <summary>A script in a shell that nobody supervises: it has been sent, and its standard input is open.</summary>
internal sealed class RawShell : IDisposable
{
    public RawShell(Script script, bool isRemote = false, params string[] shell)
    {
        var (line, input) = Boot.Of(script, Boot.NewNonce(), isRemote);
        var words = Signals.Heeding([.. shell.Length > 0 ? shell : ["/bin/sh"], "-c", line]);
        Process = Process.Start(new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Process.StandardInput.BaseStream.Write(input);
        Process.StandardInput.BaseStream.Flush();
    }

    public Process Process { get; }

    public void Dispose()
    {
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        Process.Dispose();
    }
}

using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>How the host ended, and all that it said on both outputs.</summary>
internal sealed record HostResult(int ExitCode, string Output);

/// <summary>The compiled host as a program of its own. It does not outlive the test, nor does what it started.</summary>
internal sealed partial class HostProcess : IDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Process _process;
    private bool _disposed;

    /// <param name="command">A program and its arguments.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="environment">Variables that are to be others than those of the test.</param>
    public HostProcess(IReadOnlyList<string> command, string directory, params IEnumerable<(string Name, string Value)> environment)
    {
        command = Testing.Signals.Heeding(command);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        CiVariables.TakeOut(start.Environment);
        // The sockets of debuggers would stay in the folder for temporary files after a kill -9.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>What it said so far, without colours.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>A text without the escape sequences that colour it on a terminal.</summary>
    public static string WithoutColours(string text) => Colour().Replace(text, "");

    /// <summary>Waits for its end.</summary>
    public async Task<HostResult> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Hang);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The host did not end in time. It said:\n{Output}", e);
        }
        return new HostResult(_process.ExitCode, Output);
    }

    /// <summary>Waits until it says something.</summary>
    public Task SaysAsync(string text) => UntilAsync(() => Output.Contains(text, StringComparison.Ordinal), $"'{text}'");

    /// <summary>Waits until something is so; fails when the host ends before.</summary>
    public Task UntilAsync(Func<bool> isSo, string what) => Patience.UntilAsync(
        () => isSo() || (_process.HasExited ? throw new InvalidOperationException($"The host ended (exit {_process.ExitCode}) before {what}:\n{Output}") : false),
        what);

    /// <summary>Sends it a signal: TERM, INT.</summary>
    public void Signal(string name) => Testing.Tool.Read("sh", "-c", $"kill -s {name} {Id}");

    /// <summary>Sends a signal to it and all that it started, as a terminal does. It has to be started in a session of its own.</summary>
    public void SignalAll(string name) => Testing.Tool.Read("sh", "-c", $"kill -s {name} -- -{Id}");

    /// <summary>kill -9: to the controller alone.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(WithoutColours(line));
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Colour();
}

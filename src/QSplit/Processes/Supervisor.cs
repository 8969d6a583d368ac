using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace QSplit.Processes;

/// <summary>The only file that starts processes. Every wait is bounded: no child can hold this program for ever.</summary>
/// <param name="time">Measures, and times the waits.</param>
/// <param name="grace">How long an interrupted program may take to end by itself before it and all its children are killed.</param>
public sealed partial class Supervisor(TimeProvider time, TimeSpan grace)
{
    private const int SigTerm = 15;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LifelineLimit = TimeSpan.FromSeconds(1);

    /// <summary>Runs the command to its end. Both outputs are read as they come, line by line, from two threads at once.</summary>
    /// <param name="command">What to start.</param>
    /// <param name="output">Given each line of standard output; a carriage return ends a line too, as in progress displays. Never called once this has returned.</param>
    /// <param name="error">The same for standard error.</param>
    /// <param name="cancellationToken">Interrupts the program: asked to end (by the end of its lifeline, or by SIGTERM), given the grace, then killed with its children. The result says so; nothing is thrown.</param>
    /// <exception cref="StorageException">The program cannot be started.</exception>
    /// <exception cref="Exception">Whatever <paramref name="output"/> or <paramref name="error"/> threw; the program, which nobody listens to any more, is ended first.</exception>
    public async Task<CommandResult> RunAsync(Command command, Action<string> output, Action<string> error, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (cancellationToken.IsCancellationRequested) return new CommandResult(128 + SigTerm, TimeSpan.Zero, true);
        using var process = Start(command);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var enough = new CancellationTokenSource();
        var outputs = Task.WhenAll(
            ReadAsync(process.StandardOutput.BaseStream, output, end, enough.Token),
            ReadAsync(process.StandardError.BaseStream, error, end, enough.Token));
        using var ended = new CancellationTokenSource();
        var input = WriteAsync(process, command, ended.Token);
        var interrupted = !await EndsAsync(process, end.Token);
        await ended.CancelAsync();
        if (interrupted) await InterruptAsync(process, input, command.HoldInput);

        // A grandchild may hold the pipes open behind an ended child (https://github.com/dotnet/runtime/issues/51277): wait, but not for ever.
        await process.StandardInput.BaseStream.DisposeAsync();
        await Task.WhenAny(outputs, Task.Delay(DrainLimit, time, CancellationToken.None));
        await Task.WhenAny(input, Task.Delay(DrainLimit, time, CancellationToken.None));
        await enough.CancelAsync();
        await outputs;
        return new CommandResult(process.HasExited ? process.ExitCode : 128 + SigTerm, time.GetElapsedTime(started), interrupted);
    }

    private static async Task ReadAsync(Stream stream, Action<string> line, CancellationTokenSource end, CancellationToken enough)
    {
        try
        {
            await OutputLines.ReadAsync(stream, line, enough);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // Held open by someone else; the program itself has said all.
        }
        catch
        {
            // Unread, the pipe would fill and the program wait in it for ever.
            await end.CancelAsync();
            throw;
        }
    }

    private static Process Start(Command command)
    {
        var start = new ProcessStartInfo(command.Executable, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new StorageException($"{command.Executable} cannot be started: {Marshal.GetPInvokeErrorMessage(e.NativeErrorCode)}. Is it installed, and its folder on PATH?", e);
        }
    }

    private async Task WriteAsync(Process process, Command command, CancellationToken ended)
    {
        try
        {
            var stream = process.StandardInput.BaseStream;
            await stream.WriteAsync(command.Input, CancellationToken.None);
            await stream.FlushAsync(CancellationToken.None);
            if (!command.HoldInput) process.StandardInput.Close();
            else if (command.Beat is { } every) await BeatAsync(stream, every, ended);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The program ended without reading all of its input; its exit code and its errors say why.
        }
    }

    private async Task BeatAsync(Stream stream, TimeSpan every, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                await stream.WriteAsync("."u8.ToArray(), CancellationToken.None);
                await stream.FlushAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            // The program has ended, or is to.
        }
    }

    private static async Task<bool> EndsAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // A program on a lifeline is asked by its end: ssh dies of a signal at once, and what it leads to has no time to say how it ended.
    private async Task InterruptAsync(Process process, Task input, bool hasLifeline)
    {
        if (hasLifeline && await Task.WhenAny(input, Task.Delay(LifelineLimit, time, CancellationToken.None)) == input) process.StandardInput.Close();
        else if (OperatingSystem.IsWindows()) process.CloseMainWindow();
        else if (!process.HasExited) _ = Kill(process.Id, SigTerm);
        if (await EndsWithinAsync(process, grace)) return;
        process.Kill(entireProcessTree: true);
        await EndsWithinAsync(process, DrainLimit);
    }

    private async Task<bool> EndsWithinAsync(Process process, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        return await EndsAsync(process, timeout.Token);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Kill(int process, int signal);
}

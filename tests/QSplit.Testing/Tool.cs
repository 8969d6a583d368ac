using System.Diagnostics;

namespace QSplit.Testing;

/// <summary>What a program said.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Errors);

/// <summary>Runs the programs that tests take for a second opinion: du, find, cp. Not those under test.</summary>
public static class Tool
{
    public static ToolResult Run(string file, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    /// <summary>The output of a program that has to succeed.</summary>
    public static string Read(string file, params IEnumerable<string> arguments)
    {
        var result = Run(file, arguments);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"{file} exited {result.ExitCode}: {result.Errors}");
    }

    /// <summary>The same where it may not be text.</summary>
    public static byte[] Bytes(string file, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"{file} exited {process.ExitCode}");
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace QSplit.Tests.Partitioning;

/// <summary>Runs what a person would run by hand.</summary>
internal static class Shell
{
    /// <summary>What the command printed, in bytes; the test fails unless it exits with 0, and is skipped where <paramref name="package"/> is not installed.</summary>
    public static async Task<byte[]> RunAsync(string package, byte[] input, params string[] command)
    {
        using var process = new Process
        {
            StartInfo = new(command[0], command[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{command[0]} is missing here: install the package {package}.");
        }

        var token = TestContext.Current.CancellationToken;
        using var output = new MemoryStream();
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output, token);
        var errors = process.StandardError.ReadToEndAsync(token);
        await process.StandardInput.BaseStream.WriteAsync(input, token);
        process.StandardInput.Close();
        await copying;
        var said = await errors;
        await process.WaitForExitAsync(token);
        process.ExitCode.ShouldBe(0, $"{string.Join(' ', command)}: {said}");
        return output.ToArray();
    }
}

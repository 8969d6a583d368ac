using System.Globalization;

namespace QSplit.Testing;

/// <summary>
/// Signals that the test run ignores, its programs would ignore too: INT where a script started it in the background (<c>&amp;</c>), HUP where nohup did.
/// </summary>
public static class Signals
{
    private static readonly bool AreIgnored = OperatingSystem.IsLinux() && (IgnoredMask() & 0b11) != 0;

    /// <summary>The command for a program that heeds HUP, INT and QUIT. Its process id is that of the program.</summary>
    public static IReadOnlyList<string> Heeding(IReadOnlyList<string> command) =>
        AreIgnored ? ["env", "--default-signal=HUP,INT,QUIT", Tool.Read("sh", "-c", "command -v \"$0\"", command[0]).Trim(), .. command.Skip(1)] : command;

    // Bit 0 is HUP (1), bit 1 is INT (2): proc_pid_status(5).
    private static ulong IgnoredMask() =>
        ulong.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using QSplit.Testing.Windows;

namespace QSplit.Tests.Dummy;

/// <summary>
/// What an sshd runs in place of a shell to look like a Windows host: the command that was sent is played as cmd would do it, and so is robocopy. It goes on when
/// its connection is gone, as programs do there. In HOME are what tests ask of it: <c>robocopy.PROCESS.log</c>, where each robocopy notes when it
/// began and ended; <c>hold</c>, which it waits for the end of; <c>fail</c>, an exit code and what to print, good for one robocopy.
/// </summary>
internal static class WindowsHost
{
    private static readonly string Home = Environment.GetEnvironmentVariable("HOME")!;
    private static readonly string Hold = Path.Combine(Home, "hold"), Fail = Path.Combine(Home, "fail");

    /// <param name="mounts">As <see cref="WindowsDisk.Parse"/> reads them; <c>T:</c> is for temporary files.</param>
    public static int Run(string mounts)
    {
        var disk = WindowsDisk.Parse(mounts);
        using var output = Writer(Console.OpenStandardOutput());
        using var error = Writer(Console.OpenStandardError());
        var player = new CmdPlayer(disk, Console.OpenStandardInput(), output, error);
        player.Set("TEMP", "T:");
        if (!File.Exists(Path.Combine(Home, "no-robocopy"))) player.Programs["robocopy"] = (arguments, into) => Robocopy(disk, arguments, into);
        return player.RunLine(Environment.GetEnvironmentVariable("SSH_ORIGINAL_COMMAND")!);
    }

    private static int Robocopy(WindowsDisk disk, IReadOnlyList<string> arguments, TextWriter output)
    {
        var job = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', arguments))))[..12];
        Note("begin", job);
        while (File.Exists(Hold) && arguments.Contains("/E")) Thread.Sleep(20);
        var code = (arguments.Contains("/E") ? Failure(output) : null) ?? new RobocopyPlayer(disk, output, path => Note("copied", Convert.ToHexStringLower(Encoding.UTF8.GetBytes(path)))).Run(arguments);
        Note("end", job);
        return code;
    }

    // Whoever can take it away is the one that fails.
    private static int? Failure(TextWriter output)
    {
        var mine = $"{Fail}.{Environment.ProcessId}";
        try
        {
            File.Move(Fail, mine);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        var lines = File.ReadAllLines(mine);
        foreach (var line in lines[1..]) output.WriteLine(line);
        return int.Parse(lines[0], CultureInfo.InvariantCulture);
    }

    // A file for each process: .NET appends at the end that it saw when it opened the file, and would overwrite what another process appended since.
    private static void Note(string what, string of) => File.AppendAllText(
        Path.Combine(Home, $"robocopy.{Environment.ProcessId}.log"),
        string.Create(CultureInfo.InvariantCulture, $"{what} {Stopwatch.GetTimestamp()} {Environment.ProcessId} {of}\n"));

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false)) { AutoFlush = true };
}

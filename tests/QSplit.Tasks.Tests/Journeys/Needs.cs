using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>Skips a test where the machine lacks what it needs, and says what that is.</summary>
internal static class Needs
{
    public static void Rsync() => Program("rsync", "apt-get install rsync");

    /// <summary>Leave to mount file systems.</summary>
    public static void Mounts()
    {
        if (!ByteFiles.IsRoot) Assert.Skip("Needs root, to mount a small file system.");
        Program("mount", "apt-get install mount");
    }

    /// <summary>A user without root's powers: this one, or nobody.</summary>
    public static void AnOrdinaryUser()
    {
        if (!ByteFiles.IsRoot) return;
        Program("setpriv", "apt-get install util-linux");
        var dotnet = Tool.Run("setpriv", [.. Hosts.AsNobody, "dotnet", Hosts.Build, "--version"]);
        if (dotnet.ExitCode != 0) Assert.Skip($"Needs a .NET and a compiled host that nobody (65534) may read: {dotnet.Errors.Trim()}");
    }

    public static void Program(string name, string how)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name))))
            Assert.Skip($"Needs {name}: {how}");
    }
}

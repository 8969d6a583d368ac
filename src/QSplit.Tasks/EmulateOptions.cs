using System.Globalization;
using Cake.Core;
using QSplit.Emulator;
using QSplit.Manifests;

namespace QSplit.Tasks;

/// <summary>What the command line says of an emulated cluster, and what is said of it when it runs.</summary>
internal static class EmulateOptions
{
    private const int UsualPort = 8000;

    /// <exception cref="ManifestException">Something is missing or makes no sense.</exception>
    public static EmulatorOptions Read(ICakeArguments arguments, string directory, TextWriter? log)
    {
        var served = CommandLine.One(arguments, "path")
            ?? throw new ManifestException("What is to be served? --path=DIR, or --tree=synthetic:files=1e6,seed=7 for a tree that is only arithmetic.");
        return new EmulatorOptions(EmulatorOptions.IsSynthetic(served) ? served : Path.GetFullPath(served, directory))
        {
            Address = CommandLine.One(arguments, "address") ?? "127.0.0.1",
            Port = CommandLine.One(arguments, "port") is { } port ? PortOf(port) : UsualPort,
            User = CommandLine.One(arguments, "user") ?? "admin",
            Password = CommandLine.One(arguments, "password") is { } password ? Secret.Resolve(password, directory, Edge.Variables.GetValueOrDefault) : null,
            PlainHttp = CommandLine.Flag(arguments, "http"),
            Faults = CommandLine.One(arguments, "faults"),
            Log = log,
        };
    }

    /// <summary>The file of the log, to which lines are added; null without one.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static TextWriter? Log(ICakeArguments arguments, string directory)
    {
        if (CommandLine.One(arguments, "log") is not { } name) return null;
        try
        {
            return TextWriter.Synchronized(new StreamWriter(Path.GetFullPath(name, directory), append: true) { AutoFlush = true });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The log {name} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>How to sign in to it, for a person and for a manifest.</summary>
    public static IEnumerable<string> Describe(EmulatedCluster emulated, string served, bool plain)
    {
        yield return $"{served} is served at {(plain ? "http" : "https")}://{(emulated.Address.Contains(':') ? $"[{emulated.Address}]" : emulated.Address)}:{emulated.Port.ToString(CultureInfo.InvariantCulture)}";
        yield return $"  user         {emulated.User}";
        yield return $"  password     {emulated.Password}";
        if (!plain)
        {
            yield return $"  fingerprint  {emulated.Fingerprint}";
            yield return "In a manifest, with the password in the environment:";
            yield return $"  emulated: {{ address: \"{emulated.Address}\", port: {emulated.Port.ToString(CultureInfo.InvariantCulture)}, user: {emulated.User}, password: \"${{env:PASSWORD}}\", fingerprint: \"{emulated.Fingerprint}\" }}";
        }
        yield return "Ctrl-C ends it.";
    }

    private static int PortOf(string text) => CommandLine.Number("port", text) is var port and >= 0 and <= 65535
        ? port
        : throw new ManifestException($"--port must be 0 (any that is free) to 65535, is {text}.");
}

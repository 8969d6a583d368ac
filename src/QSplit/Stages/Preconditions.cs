using System.Text.RegularExpressions;
using QSplit.Manifests;
using QSplit.Processes;

namespace QSplit.Stages;

/// <summary>What must be there before anything is planned or touched.</summary>
internal static partial class Preconditions
{
    private static readonly Version Oldest = new(3, 2, 3);
    private static readonly Version Broken = new(3, 4, 3);

    /// <exception cref="StorageException">No usable rsync, no source, or a target that has nothing to lie in.</exception>
    public static async Task CheckAsync(Job job, Surroundings around, CancellationToken cancellationToken)
    {
        var (source, target) = (job.Migration.Mounts.Source, job.Migration.Mounts.Target);
        if (target.Length == 0) throw new ManifestException("--source is for plans: what copies needs a target, and a manifest that names it.");
        if (!Directory.Exists(source))
            throw new StorageException($"The source of migration {job.Migration.Name}, {source}, is not there or is not a directory. Is it mounted?");
        // Only the target itself is made: a missing parent is a typing error, or a file system that is not mounted.
        if (!Directory.Exists(target) && !Directory.Exists(Path.GetDirectoryName(target)))
            throw new StorageException(
                $"The target of migration {job.Migration.Name} is to be {target}, but {Path.GetDirectoryName(target)} is not there. Mount it, or make it: mkdir -p {ShellQuote.Quote(Path.GetDirectoryName(target)!)}");
        await CheckRsyncAsync(around, cancellationToken);
    }

    private static async Task CheckRsyncAsync(Surroundings around, CancellationToken cancellationToken)
    {
        var (exitCode, first) = await AskVersionAsync(around, cancellationToken);
        var found = first is not null && RsyncVersion().Match(first) is { Success: true } match ? Version.Parse(match.Groups["v"].Value) : null;
        if (exitCode != 0 || found is null) throw new StorageException($"rsync --version answered '{first}' (exit {exitCode}), which is no rsync. {Install}");
        if (found < Oldest) throw new StorageException($"rsync {found} is too old: {Oldest} is the least. {Install}");
        if (found == Broken) throw new StorageException($"rsync {Broken} loses entries of a list (--files-from): install an older or a newer one.");
    }

    private static async Task<(int ExitCode, string? FirstLine)> AskVersionAsync(Surroundings around, CancellationToken cancellationToken)
    {
        string? first = null;
        var command = new Command("rsync", ["--version"], default, false, around.Environment);
        try
        {
            var result = await around.Supervisor.RunAsync(command, line => first ??= line, _ => { }, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return (result.ExitCode, first);
        }
        catch (StorageException e)
        {
            throw new StorageException($"{e.Message} {Install}", e);
        }
    }

    private const string Install = "Install rsync: apt-get install rsync";

    [GeneratedRegex(@"^rsync\s+version v?(?<v>\d+\.\d+\.\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RsyncVersion();
}

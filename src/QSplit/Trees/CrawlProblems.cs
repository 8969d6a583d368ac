using System.Collections.Immutable;
using QSplit.Trees.Native;

namespace QSplit.Trees;

/// <summary>What is said of what cannot be read: what, why, what to try.</summary>
internal static class CrawlProblems
{
    public const string LeftOut = "Left out: by its name it belongs to a file system or a file server, and not to the users of the tree.";

    public static string Mounted(NestedTree mount) => mount.InTarget
        ? $"Another file system ({mount.Type}) is mounted here in the target: {Amount(mount.Totals)} are planned to go there. What is " +
            $"only there is neither listed nor deleted."
        : $"Another file system ({mount.Type}) is mounted here: {Amount(mount.Totals)}. They are copied with the rest.";

    private static string Amount(Totals totals) => $"{totals.Entries:N0} {(totals.Entries == 1 ? "entry" : "entries")} with " +
        $"{totals.Bytes:N0} bytes";

    /// <summary>The source has a directory called like those that rsync makes on the target for unfinished files.</summary>
    public static StorageException LeftOutByRsync(string partial, EntryPath clash) => new(
        $"The source has a directory {clash}, and rsync leaves out directories called {partial}: it keeps unfinished files in them (--partial-dir, " +
        "--delay-updates). Choose another name in 'options', such as --partial-dir=.qsplit-partial.");

    /// <summary>How many entries are left out by which name.</summary>
    public static string LeftOutInAll(IEnumerable<KeyValuePair<string, long>> byName)
    {
        var names = byName.Where(name => name.Value > 0).OrderByDescending(name => name.Value).ThenBy(name => name.Key,
            StringComparer.Ordinal).ToList();
        var all = names.Sum(name => name.Value);
        return $"{all:N0} {(all == 1 ? "entry is" : "entries are")} left out by name, with all below: " +
            $"{string.Join(", ", names.Select(name => $"{name.Value:N0} {name.Key}"))}. " +
            "To copy directories among them, set 'leaveOut' of the migration.";
    }

    /// <param name="error">Of opening it, or of reading its entries, negative.</param>
    /// <param name="isOpen">Whether it could be opened.</param>
    public static string NotListed(int error, bool isOpen) => -error switch
    {
        LinuxFiles.NotADirectory or LinuxFiles.TooManyLinks when !isOpen => "This was a directory, and became something else while the tree was read: plan again.",
        // nfs(5): the server gives a cookie twice. The client cannot know what comes next.
        LinuxFiles.TooManyLinks => "The listing of this directory breaks off: the file server repeats itself (a readdir loop). What is missing in it is not in the totals, and "
            + "will not be copied. Look at the system's log (dmesg), correct it on the file server, then plan again.",
        _ => $"This directory cannot be listed: {LinuxFiles.Explain(error)}. What is below it is not in the totals, and the copy will fail on it. {Try(error)}",
    };

    public static string Clash(ImmutableArray<CaseClash> clashes) =>
        $"{(clashes.Length > CaseClashes.Most ? $"More than {CaseClashes.Most:N0} names differ" : clashes.Length == 1 ? "1 name differs" : $"{clashes.Length:N0} names differ")} only in " +
        $"{WordsOf(clashes)} from another, first {clashes[0].Path} from {clashes[0].With}. A target that folds {WordsOf(clashes)} " +
            $"cannot hold both.";

    private static string WordsOf(ImmutableArray<CaseClash> clashes) =>
        clashes.All(clash => clash.Folds == NameFolding.Case) ? "case" : clashes.All(clash => clash.Folds == NameFolding.Normalization)
            ? "Unicode normalization" : "case or Unicode normalization";

    public static string NotLookedAt(int error) =>
        $"This entry is there but cannot be looked at: {LinuxFiles.Explain(error)}. Its size is not in the totals, and the copy will fail on it. {Try(error)}";

    /// <summary>Why a migration cannot start from <paramref name="directory"/>.</summary>
    public static StorageException NoSource(string directory, int error) => new($"Source {directory} cannot be read: {LinuxFiles.Explain(error)}. " + -error switch
    {
        LinuxFiles.Gone => "Check the path, and that the file system is mounted on this host.",
        LinuxFiles.NotADirectory => "A migration starts from a directory: give the one that holds it.",
        _ => Try(error),
    });

    public static StorageException NoSystem(string directory) => new(
        $"Source {directory} cannot be read: mounted directories are read by the system calls of Linux on x64 or arm64, and this is " +
        $"{System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}. Plan on a Linux host or in a container, or from a cluster.");

    private static string Try(int error) => -error == LinuxFiles.PermissionMissing
        ? "Run as a user who may read it (root, without root squash), or mend its mode."
        : "Look at the system's log and the state of the mount, then plan again.";
}

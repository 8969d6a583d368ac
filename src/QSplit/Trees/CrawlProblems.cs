using System.Collections.Immutable;
using QSplit.Trees.Native;

namespace QSplit.Trees;

/// <summary>What is said of what cannot be read: what, why, what to try.</summary>
internal static class CrawlProblems
{
    public const string LeftOut = "Left out: by its name it belongs to a file system or a file server, and not to the users of the tree.";

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
        $"{(clashes.Length > CaseClashes.Most ? $"More than {CaseClashes.Most:N0} names differ" : clashes.Length == 1 ? "1 name differs" : $"{clashes.Length:N0} names differ")} only in case " +
        $"from another, first {clashes[0].Path} from {clashes[0].With}. A target that folds case cannot hold both.";

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

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace QSplit.Transfers;

/// <summary>Why an entry could not be copied, as far as it decides what helps.</summary>
public enum ExceptionClass
{
    /// <summary>None of the others; the reason has rsync's own words.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>The system refused access, a change of owner or mode, or a write to a read-only file system.</summary>
    [JsonStringEnumMemberName("permission")]
    Permission,

    /// <summary>The target cannot store an extended attribute.</summary>
    [JsonStringEnumMemberName("attribute")]
    Attribute,

    /// <summary>The target cannot store an ACL.</summary>
    [JsonStringEnumMemberName("acl")]
    Acl,

    /// <summary>A quota, or a smaller file system inside the target, is used up.</summary>
    [JsonStringEnumMemberName("quota")]
    Quota,

    /// <summary>The target does not take the name.</summary>
    [JsonStringEnumMemberName("name")]
    Name,

    /// <summary>The path or a part of it is too long for the target or for rsync.</summary>
    [JsonStringEnumMemberName("pathTooLong")]
    PathTooLong,

    /// <summary>The target does not take so many names of one file.</summary>
    [JsonStringEnumMemberName("linkCount")]
    LinkCount,

    /// <summary>The target cannot store a time.</summary>
    [JsonStringEnumMemberName("time")]
    Time,

    /// <summary>The file changed while rsync read it.</summary>
    [JsonStringEnumMemberName("changed")]
    Changed,

    /// <summary>The source could not be read.</summary>
    [JsonStringEnumMemberName("readError")]
    ReadError,

    /// <summary>A device, a socket or a pipe could not be created.</summary>
    [JsonStringEnumMemberName("specialFile")]
    SpecialFile,

    /// <summary>Something else is in its place on the target.</summary>
    [JsonStringEnumMemberName("inTheWay")]
    InTheWay,

    /// <summary>A symbolic link in the path of the source or the target cannot be followed.</summary>
    [JsonStringEnumMemberName("symlink")]
    Symlink,
}

/// <summary>The words and the remedy of each class, and the class of a message of rsync.</summary>
internal static partial class ExceptionClasses
{
    /// <summary>The class as it is written on the command line and in lists: <c>pathTooLong</c>.</summary>
    public static string Word(ExceptionClass of) => JsonNamingPolicy.CamelCase.ConvertName(of.ToString());

    /// <summary>Exceptions by class, the largest group first.</summary>
    public static IEnumerable<IGrouping<ExceptionClass, FailedEntry>> ByClass(IEnumerable<FailedEntry> exceptions) =>
        exceptions.GroupBy(entry => entry.Class).OrderByDescending(group => group.Count()).ThenBy(group => group.Key);

    /// <summary>What to do about it, as one sentence.</summary>
    public static string Remedy(ExceptionClass of) => of switch
    {
        ExceptionClass.Permission => "Run rsync as a user who may read the source and write, chown and chmod on the target, "
            + "and mount both without root_squash.",
        ExceptionClass.Attribute => "Use a target that stores extended attributes of this size and kind, "
            + "or remove --xattrs from 'options'.",
        ExceptionClass.Acl => "Use a target that stores these ACLs, or remove --acls from 'options'.",
        ExceptionClass.Quota => "Raise the quota, or enlarge the file system that is mounted there.",
        ExceptionClass.Name => "Rename the entry on the source, or use a target that takes the name.",
        ExceptionClass.PathTooLong => "Shorten the path on the source; Linux takes paths of at most 4,096 bytes and names of at most 255.",
        ExceptionClass.LinkCount => "Use a target that takes more names of one file, or copy this part without --hard-links.",
        ExceptionClass.Time => "Correct the time on the source, or use a target that stores it.",
        ExceptionClass.Changed => "The next sync copies it again; "
            + "a file that is always written needs its writer to stop for the cutover.",
        ExceptionClass.ReadError => "Check the source's storage and system log; the older copy on the target, if there is one, is unchanged.",
        ExceptionClass.SpecialFile => "Run rsync as root, or leave such files out with --no-D.",
        ExceptionClass.InTheWay => "Review what the sync lists as only on the target, and delete it with --deletes; remove a symbolic link by hand.",
        ExceptionClass.Symlink => "A symbolic link (symlink) is in the path, and rsync does not follow it: since 3.5.0 it follows no link that belongs to another user. "
            + "Use the real path (readlink -f) in the manifest, or --insecure-links in 'options'.",
        _ => "Read the message; the log of the attempt has all of rsync's output.",
    };

    /// <param name="operation">What rsync says before the name: <c>send_files failed to open</c>.</param>
    /// <param name="error">The system's error number; null when the message has none.</param>
    public static ExceptionClass Of(string operation, int? error) => (operation, error) switch
    {
        (_, 36) => ExceptionClass.PathTooLong,
        (_, 40) => ExceptionClass.Symlink,
        (_, 31) => ExceptionClass.LinkCount,
        _ when Xattr().IsMatch(operation) => ExceptionClass.Attribute,
        _ when operation.Contains("acl", StringComparison.OrdinalIgnoreCase) => ExceptionClass.Acl,
        (_, 28 or 122) => ExceptionClass.Quota,
        (_, 84) => ExceptionClass.Name,
        _ when operation.Contains("set times", StringComparison.Ordinal) && error is not (1 or 13 or 30) => ExceptionClass.Time,
        (_, 22) => ExceptionClass.Name,
        _ when operation.StartsWith("mknod", StringComparison.Ordinal) && error is not 13 => ExceptionClass.SpecialFile,
        (_, 1 or 13 or 30) => ExceptionClass.Permission,
        (_, 61 or 116) => ExceptionClass.Changed,
        (_, 5) => ExceptionClass.ReadError,
        _ => ExceptionClass.Unknown,
    };

    [GeneratedRegex("xattr|rsync_xal_set", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Xattr();
}

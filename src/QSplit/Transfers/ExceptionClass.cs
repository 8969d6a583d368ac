using System.Text.Json;
using System.Text.Json.Serialization;

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
internal static class ExceptionClasses
{
    /// <summary>The class as it is written on the command line and in lists: <c>pathTooLong</c>.</summary>
    public static string Word(ExceptionClass of) => JsonNamingPolicy.CamelCase.ConvertName(of.ToString());

    /// <summary>All words, for messages: <c>unknown, permission, ...</c>.</summary>
    public static string Words => string.Join(", ", Enum.GetValues<ExceptionClass>().Select(Word));

    /// <summary>The class of a word as people type it; null where there is none.</summary>
    public static ExceptionClass? Parse(string word) =>
        Enum.GetValues<ExceptionClass>().Cast<ExceptionClass?>().FirstOrDefault(of => Word(of!.Value).Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Exceptions by class, the largest group first.</summary>
    public static IEnumerable<IGrouping<ExceptionClass, FailedEntry>> ByClass(IEnumerable<FailedEntry> exceptions) =>
        exceptions.GroupBy(entry => entry.Class).OrderByDescending(group => group.Count()).ThenBy(group => group.Key);

    /// <summary>What to do about it, without advice on options that are set already, or are not set.</summary>
    /// <param name="options">The manifest's options for rsync.</param>
    public static string Remedy(ExceptionClass of, IReadOnlyCollection<string> options)
    {
        bool IsSet(string name, char? letter = null) => options.Any(option => option == name || (letter is { } l && option is ['-', not '-', ..] && option.Contains(l, StringComparison.Ordinal)));
        return (of, Remedy(of)) switch
        {
            (ExceptionClass.Attribute, var text) when !IsSet("--xattrs", 'X') => text.Replace(", or remove --xattrs from 'options'", "", StringComparison.Ordinal),
            (ExceptionClass.Acl, var text) when !IsSet("--acls", 'A') => text.Replace(", or remove --acls from 'options'", "", StringComparison.Ordinal),
            (ExceptionClass.LinkCount, var text) when !IsSet("--hard-links", 'H') => text.Replace(", or copy this part without --hard-links", "", StringComparison.Ordinal),
            (ExceptionClass.SpecialFile, var text) when IsSet("--no-D") => text.Replace(", or leave such files out with --no-D", "", StringComparison.Ordinal),
            (ExceptionClass.Symlink, var text) when IsSet("--insecure-links") => text.Replace(", or --insecure-links in 'options'", "", StringComparison.Ordinal),
            (_, var text) => text,
        };
    }

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

    /// <param name="action">What rsync was doing.</param>
    /// <param name="error">The system's error number; null when the message has none.</param>
    /// <param name="isInTarget">Whether the message names the entry by its path on the target.</param>
    public static ExceptionClass Of(MessageAction action, int? error, bool isInTarget) => (action, error) switch
    {
        (MessageAction.CheckLength, _) or (_, NameTooLong) => ExceptionClass.PathTooLong,
        (MessageAction.CompareContent, _) => ExceptionClass.Changed,
        // Of a listing: the server of a network file system repeats itself.
        (MessageAction.ReadDirectory, TooManyLinks) => ExceptionClass.ReadError,
        (_, TooManyLinks) => ExceptionClass.Symlink,
        (_, TooManyNames) => ExceptionClass.LinkCount,
        // rsync leaves out a whole entry whose attributes the source does not tell.
        (MessageAction.SetAttribute or MessageAction.SetAcl, InputOutput or StaleHandle) when !isInTarget => ExceptionClass.ReadError,
        (MessageAction.SetAttribute, _) => ExceptionClass.Attribute,
        (MessageAction.SetAcl, _) => ExceptionClass.Acl,
        (_, NoSpace or QuotaExceeded) => ExceptionClass.Quota,
        (MessageAction.ConvertName, _) or (_, IllegalSequence) => ExceptionClass.Name,
        (_, PermissionDenied) => ExceptionClass.Permission,
        (_, NotPermitted or ReadOnly) when action != MessageAction.CreateSpecial => ExceptionClass.Permission,
        (MessageAction.SetTime, _) => ExceptionClass.Time,
        // A user namespace that does not know an owner says: invalid.
        (MessageAction.SetOwnerOrMode, null or InvalidArgument) => ExceptionClass.Permission,
        (MessageAction.CreateSpecial, _) => ExceptionClass.SpecialFile,
        (MessageAction.Create, InvalidArgument) => ExceptionClass.Name,
        (MessageAction.Create or MessageAction.Delete, Exists or NotADirectory or IsADirectory or NotEmpty) when isInTarget
            => ExceptionClass.InTheWay,
        // rsync says "no data" where a file became shorter while it read.
        (MessageAction.ReadFile, NoData) or (_, NotADirectory or IsADirectory) when !isInTarget => ExceptionClass.Changed,
        (_, InputOutput or NoData or StaleHandle) when !isInTarget => ExceptionClass.ReadError,
        _ => ExceptionClass.Unknown,
    };

    // errno(3), of Linux on x64 and arm64.
    private const int NotPermitted = 1, InputOutput = 5, PermissionDenied = 13, Exists = 17, NotADirectory = 20, IsADirectory = 21,
        InvalidArgument = 22, NoSpace = 28, ReadOnly = 30, TooManyNames = 31, NameTooLong = 36, NotEmpty = 39, TooManyLinks = 40, NoData = 61,
        IllegalSequence = 84, StaleHandle = 116, QuotaExceeded = 122;
}

using System.Text.Json.Serialization;

namespace QSplit.Verifications;

/// <summary>In what an entry of the target is not as that of the source.</summary>
public enum DifferenceKind
{
    /// <summary>It is not on the target.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>It is not on the source.</summary>
    [JsonStringEnumMemberName("extra")]
    Extra,

    /// <summary>It is not on the source, and has the name of a temporary file of rsync's: <c>.name.XXXXXX</c>.</summary>
    [JsonStringEnumMemberName("leftover")]
    Leftover,

    /// <summary>A file with other bytes, or another size.</summary>
    [JsonStringEnumMemberName("content")]
    Content,

    /// <summary>A symbolic link that leads elsewhere.</summary>
    [JsonStringEnumMemberName("link")]
    Link,

    /// <summary>A device or a pipe that is another.</summary>
    [JsonStringEnumMemberName("device")]
    Device,

    /// <summary>Several names of one file that are not names of one file on the target; only with <c>--hard-links</c>.</summary>
    [JsonStringEnumMemberName("hardLink")]
    HardLink,

    /// <summary>Permissions.</summary>
    [JsonStringEnumMemberName("mode")]
    Mode,

    /// <summary>Owner or group.</summary>
    [JsonStringEnumMemberName("owner")]
    Owner,

    /// <summary>Time of modification.</summary>
    [JsonStringEnumMemberName("time")]
    Time,

    /// <summary>Access control list; only with <c>--acls</c>.</summary>
    [JsonStringEnumMemberName("acl")]
    Acl,

    /// <summary>Extended attributes; only with <c>--xattrs</c>.</summary>
    [JsonStringEnumMemberName("xattr")]
    Xattr,

    /// <summary>It could not be compared, twice: a directory that cannot be listed, a path that is too long.</summary>
    [JsonStringEnumMemberName("unread")]
    Unread,
}

using System.Collections.Immutable;

namespace QSplit.Transfers;

/// <summary>
/// The messages that rsync 3.2.3 to 3.5 prints on standard error about entries of a copy between two directories, under <c>LC_ALL=C</c>.
/// They are from its source, which has them in the levels FERROR, FERROR_XFER and FWARNING. Messages of a daemon, of batches and of options
/// that QSplit refuses are not here, nor those of a broken connection between rsync's processes: these end rsync and name no entry.
/// </summary>
internal static class RsyncMessages
{
    /// <summary>The beginning of the one message of a failure that comes on standard output.</summary>
    public const string Bogus = "skipping file with bogus (zero) st_mode: ";

    private const MessageMeaning Harmless = MessageMeaning.Harmless;
    private const MessageMeaning Whole = MessageMeaning.Whole;
    private const string Old = "3.2.3 to 3.4.4";
    private const string Since350 = "3.5";
    private const string InItsPlace = "a directory that is not empty is in its place on the target";
    private const string TooLong = "its path is longer than 4,096 bytes, the most that rsync takes";

    /// <summary>All of them, by the file of rsync's source.</summary>
    public static ImmutableArray<RsyncMessage> All { get; } =
        [.. OfFileList, .. OfSender, .. OfGenerator, .. OfReceiver, .. OfAttributes, .. OfOthers];

    private static RsyncMessage[] OfFileList =>
    [
        new("flist", "link_stat {full} failed: {error}", MessageMeaning.FailedOrGone, MessageAction.LookUp),
        new("flist", "readlink_stat({full}) failed: {error}", action: MessageAction.LookUp),
        new("flist", "opendir {full} failed: {error}", action: MessageAction.LookUp),
        new("flist", "readdir({full}): {error}", action: MessageAction.ReadDirectory),
        new("flist", "change_dir {full} failed: {error}", action: MessageAction.LookUp),
        new("flist", "{file|directory} has vanished: {full}", MessageMeaning.Gone),
        new("flist", "filename overflows max-path len by {number}: {name}", action: MessageAction.CheckLength) { Words = TooLong },
        new("flist", "skipping overly long name: {name}", action: MessageAction.CheckLength) { Words = TooLong },
        new("flist", "[{who}] cannot convert filename: {name} ({why})",
            action: MessageAction.ConvertName) { Words = "its name cannot be converted by --iconv" },
        new("flist", "[{who}] cannot convert symlink data for: {full} ({why})",
            action: MessageAction.ConvertName) { Words = "what it leads to cannot be converted by --iconv" },
        new("flist", "skipping symlink with 0-length value: {full}", action: MessageAction.LookUp),
        new("flist", "symlink has no referent: {full}", action: MessageAction.LookUp),
        new("flist", Bogus + "{full}", action: MessageAction.LookUp),
        new("flist", "cannot send file with empty name in {full}", action: MessageAction.ReadDirectory),
        new("flist", "{Time|Access time|Create time} value of {name} truncated on receiver.", action: MessageAction.SetTime),
        new("flist", "ABORTING due to unsafe pathname from sender: {name}", action: MessageAction.ConvertName),
        new("flist", "ABORTING due to invalid path from sender: {name}", action: MessageAction.ConvertName),
        new("flist", "invalid file mode {number} for {name} [{who}]", action: MessageAction.LookUp) { Versions = "3.4.3 to 3.5" },
        new("flist", "ERROR: rejecting {excluded|unrequested} file-list name: {name}",
            action: MessageAction.ConvertName) { Versions = "3.2.5 to 3.5" },
        new("flist", "ERROR: rejecting non-directory transfer-root entry: {name}",
            action: MessageAction.ConvertName) { Versions = Since350 },
    ];

    private static RsyncMessage[] OfSender =>
    [
        new("sender", "send_files failed to open {full}: {error}", action: MessageAction.ReadFile),
        new("sender", "read errors mapping {full}: {error}", action: MessageAction.ReadFile),
        new("sender", "path too long: {name}", action: MessageAction.CheckLength) { Words = TooLong, Versions = "3.4.3 to 3.5" },
        new("sender", "fstat failed: {error}", Whole),
        new("sender", "receive_sums failed", Whole),
    ];

    private static RsyncMessage[] OfGenerator =>
    [
        new("generator", "recv_generator: mkdir {full} failed: {error}", action: MessageAction.Create),
        new("generator", "*** Skipping any contents from this failed directory ***", Harmless),
        new("generator", "recv_generator: failed to stat {full}: {error}", action: MessageAction.Create),
        new("generator", "failed to modify permissions on {full}: {error}", action: MessageAction.SetOwnerOrMode),
        Temporary("generator", "symlink {full} -> \"{also}\" failed: {error}", MessageAction.Create),
        Temporary("generator", "mknod {full} failed: {error}", MessageAction.CreateSpecial),
        // full_fname gives the same memory twice: up to 3.4.0 the second name is not certain.
        Temporary("generator", "rename {full} -> \"{also}\" failed: {error}", MessageAction.Create),
        new("generator", "failed to hard-link {also} with {name}: {error}",
            action: MessageAction.Create) { Versions = Old, IsOfTarget = true },
        new("generator", "failed to open {full}, continuing: {error}", Harmless),
        Temporary("generator", "skipping socket (creation unsupported here): {full}", MessageAction.CreateSpecial, Since350),
        Temporary("generator", "gen_entry_copy_xattrs: openat({full}) failed: {error}", MessageAction.SetAttribute, Since350),
        Temporary("generator", "gen_entry_copy_xattrs: secure open of {full} failed: {error}", MessageAction.SetAttribute, Since350),
        Temporary("generator", "gen_entry_copy_xattrs: secure open of basis {full} failed: {error}", MessageAction.SetAttribute, Since350),
        new("generator", "WARNING: file is too large for checksum sending: {name}", Harmless),
        new("generator", "WARNING: parent dir is absent in the file list: {name}", Harmless),
        new("delete", "delete_file: {unlink|rmdir|make_backup}({name}) failed: {error}",
            action: MessageAction.Delete) { IsOfTarget = true },
        new("delete", "could not make way for {new|backup} {regular file|directory|symlink|device file|special file}: {name}",
            MessageMeaning.InTheWay) { Words = InItsPlace, IsOfTarget = true },
        Temporary("hlink", "link {full} => {also} failed: {error}", MessageAction.Create),
        new("hlink", "Unable to find a hlink node for {number} ({name})", action: MessageAction.Create) { IsOfTarget = true },
        new("hlink", "Hlink node data for {number} is NULL ({name})", action: MessageAction.Create) { IsOfTarget = true },
        new("hlink", "Hlink node data for {number} already has path={also} ({name})", action: MessageAction.Create) { IsOfTarget = true },
        new("generator", "Deletions stopped due to --max-delete limit ({number} skipped)", Whole),
    ];

    private static RsyncMessage[] OfReceiver =>
    [
        Temporary("receiver", "mkstemp {full} failed: {error}", MessageAction.Create),
        Temporary("receiver", "open {full} failed: {error}", MessageAction.Create),
        new("receiver", "fstat {full} failed: {error}"),
        new("receiver", "write failed on {full}: {error}"),
        new("receiver", "ftruncate failed on {full}: {error}"),
        Temporary("receiver", "fsync failed on {full}: {error}", MessageAction.Write, "3.2.4 to 3.5"),
        Temporary("receiver", "close failed on {full}: {error}", MessageAction.Write),
        new("receiver", "lseek of {full} returned {number}, not {number}: {error}"),
        new("receiver", "rename failed for {full} (from {also}): {error}", action: MessageAction.Create),
        new("receiver", "recv_files: {full} is a directory", MessageMeaning.InTheWay) { Words = InItsPlace },
        new("receiver", "temporary filename too long: {name}", action: MessageAction.CheckLength) { Words = TooLong, IsOfTarget = true },
        new("receiver", "do_fallocate {full}: {error}", Harmless),
        new("receiver", "Unable to create partial-dir for {name} -- discarding {completed|partial} file.",
            action: MessageAction.Create) { Words = "its directory for partial files cannot be created", IsOfTarget = true },
        new("receiver", "ERROR: {name} failed verification -- update {discarded|put into partial-dir|retained}.",
            action: MessageAction.CompareContent) { Words = "it changed while rsync read it", IsOfTarget = true },
        // It says later whether the second try went well.
        new("receiver", "WARNING: {name} failed verification -- update {discarded|put into partial-dir|retained} (will try again).",
            Harmless),
        new("receiver", "got a block match with no basis file for {full} [{who}]") { Versions = "3.4.4 to 3.5" },
        new("receiver", "rsync: refusing {malicious fuzzy operation|unconfined partial basis} for {name}")
            { Versions = "3.4 to 3.5", IsOfTarget = true },
    ];

    private static RsyncMessage[] OfAttributes =>
    [
        Temporary("rsync", "{chown|chgrp} {full} failed: {error}", MessageAction.SetOwnerOrMode),
        Temporary("rsync", "failed to set permissions on {full}: {error}", MessageAction.SetOwnerOrMode),
        Temporary("rsync", "failed to set times on {full}: {error}", MessageAction.SetTime),
        Temporary("rsync", "{uid|gid} 4294967295 (-1) is impossible to set on {full}", MessageAction.SetOwnerOrMode),
        Temporary("rsync, hlink", "stat {full} failed: {error}", MessageAction.Create),
        // Both names: the second is the entry.
        new("rsync", "{rename|copy} \"{temporary}\" -> \"{name}\": {error}", action: MessageAction.Create) { IsOfTarget = true },
        Temporary("xattrs", "get_xattr_names: llistxattr({full},{number}) failed: {error}", MessageAction.SetAttribute),
        Temporary("xattrs", "get_xattr_data: lgetxattr({full},\"{attribute}\",{number}) failed: {error}", MessageAction.SetAttribute),
        Temporary("xattrs", "get_xattr_data: lgetxattr({full},\"{attribute}\",{number}) returned {number}", MessageAction.SetAttribute),
        Temporary("xattrs", "{rsync_xal_set|copy_xattrs|set_xattr_acl}: {l|f}{set|remove}xattr({full},\"{attribute}\") failed: {error}",
            MessageAction.SetAttribute),
        new("xattrs", "failed to re-read xattr {attribute} for {name}", action: MessageAction.SetAttribute),
        Temporary("xattrs", "failed to {read|write} xattr {attribute} for {full}: {error}", MessageAction.SetAttribute),
        Temporary("xattrs", "delete of stat xattr failed for {full}: {error}", MessageAction.SetAttribute),
        Temporary("xattrs", "failed to re-stat {full}: {error}", MessageAction.SetAttribute),
        Temporary("xattrs", "Missing abbreviated xattr value, {attribute}, for {full}", MessageAction.SetAttribute),
        Temporary("xattrs", "Corrupt {attribute} xattr attached to {full}: \"{why}\"", MessageAction.SetAttribute),
        new("xattrs", "[{who}] internal abbrev error on {name} ({attribute}, len={number})!", action: MessageAction.SetAttribute),
        new("xattrs", "[{who}] could not find xattr #{number} for {name}", action: MessageAction.SetAttribute),
        new("xattrs", "receive_xattr: xa index {number} out of range for {name}", action: MessageAction.SetAttribute) { IsOfTarget = true },
        Acl("{get|set}_acl: {sys_acl_get_file|sys_acl_set_file}({name}, {ACL_TYPE_ACCESS|ACL_TYPE_DEFAULT}): {error}"),
        Acl("get_acl: {acl_get_file_at|sys_acl_get_fd_type|xacl_get}({name}, {ACL_TYPE_ACCESS|ACL_TYPE_DEFAULT}): {error}", Since350),
        Acl("set_acl: {acl_set_file_at|sys_acl_set_fd_type|xacl_set}({name}, {ACL_TYPE_ACCESS|ACL_TYPE_DEFAULT}): {error}", Since350),
        Acl("set_acl: sys_acl_delete_def_file({name}): {error}"),
        Acl("set_acl: refusing path-based ACL on {name} (no held fd): {error}", Since350),
        Acl("get_acl: unpack_smb_acl({name}): {error}", "3.2.7 to 3.5"),
        Acl("get_acl: unpack_acl_entries({name}): {error}", Since350),
        new("acls", "default_perms_for_dir: sys_acl_get_file({name}, ACL_TYPE_DEFAULT): {why}, falling back on umask", Harmless),
        new("acls", "default_perms_for_dir: unpack_smb_acl failed, falling back on umask", Harmless),
        new("acls", "{unpack_smb_acl|change_sacl_perms}: {also}(): {error}", Whole),
        new("acls", "{pack_smb_acl|pack_smb_acl:|sacl_to_entries:|store_access_in_entry} {also}(): {error}", Whole),
        new("acls", "pack_smb_acl: warning: system says the ACL I packed is invalid", Whole),
    ];

    private static RsyncMessage[] OfOthers =>
    [
        Temporary("util1", "{open|write|unlink|ftruncate} {full}: {error}", MessageAction.Write),
        Temporary("util1", "read {full}: {error}", MessageAction.ReadFile),
        new("util1", "fstat {full}: {error}", Harmless),
        new("util1", "renaming {name} to {also} because of text busy", Harmless),
        new("fileio", "lseek returned {number}, not {number}: {error}", Whole),
        new("rsync", "received request to transfer non-regular file: {number} [{who}]", Whole),
        new("main", "{--link-dest|--copy-dest} arg {does not exist|is not a dir}: {also}", Harmless),
        new("main", "mkdir {full} failed: {error}", action: MessageAction.Create),
        new("main", "change_dir#{number} {full} failed: {error}", action: MessageAction.LookUp),
        new("main", "ERROR: cannot stat destination {full}: {error}", action: MessageAction.Create),
        new("syscall", "do_chmod: no symlink-safe chmod for \"{also}\"; mode not set", Whole) { Versions = Since350 },
        new("syscall", "out of file descriptors resolving a deep path; raise the open-file limit (e.g. `ulimit -n`)",
            Harmless) { Versions = Since350 },
        new("log", "rsync {error|warning}: {also}", Harmless),
    ];

    private static RsyncMessage Temporary(string source, string form, MessageAction action, string versions = "3.2.3 to 3.5") =>
        new(source, form, action: action) { Versions = versions, IsTemporary = true };

    // The receiver names a temporary file, the sender an entry of the source.
    private static RsyncMessage Acl(string form, string versions = "3.2.3 to 3.5") =>
        new("acls", form, action: MessageAction.SetAcl) { Versions = versions, IsTemporary = true };
}

using QSplit.Trees.Native;

namespace QSplit.Trees;

/// <summary>The kind of an entry, from what the system says of it.</summary>
internal static class EntryKinds
{
    /// <summary>For a type of a directory entry (DT_REG ...), which are the kind bits of a mode shifted down; 0 is unknown.</summary>
    public static EntryKind Of(int type) => type switch
    {
        FileStatus.Directory => EntryKind.Directory,
        FileStatus.RegularFile => EntryKind.File,
        FileStatus.Symlink => EntryKind.Symlink,
        _ => EntryKind.Special,
    };

    public static EntryKind Of(in FileStatus status) => Of(status.Type);
}

namespace QSplit.Trees;

/// <summary>What kind of thing a <see cref="TreeNote"/> is about.</summary>
public enum TreeNoteKind
{
    /// <summary>A problem: something could not be read, so the plan's totals miss it and the copy will report it.</summary>
    Unreadable,

    /// <summary>Left out on purpose, such as <c>.snapshot</c>.</summary>
    LeftOut,

    /// <summary>Names that share an inode: copies, unless hard links are asked for and kept within a bucket.</summary>
    HardLinks,

    /// <summary>Sizes far above allocation: holes that fill up on the target unless <c>--sparse</c> is among the options.</summary>
    Sparse,

    /// <summary>Flags of a file system (chattr) that rsync does not copy.</summary>
    Flags,

    /// <summary>A problem: a path that is too long for rsync. What is below it is not copied.</summary>
    TooLong,

    /// <summary>Names that differ only in case or in Unicode normalization.</summary>
    CaseClash,

    /// <summary>Another file system that is mounted inside the source or the target.</summary>
    OtherFileSystem,

    /// <summary>A directory that cannot be divided, because an entry of it cannot be named.</summary>
    KeptWhole,

    /// <summary>A name with a line break, which makes its bucket file one that is separated by NUL.</summary>
    LineBreak,

    /// <summary>A directory that was gone by the time it was read itself.</summary>
    Vanished,

    /// <summary>A problem of a migration to Windows: an entry that it cannot hold. It is in no list, and is not copied.</summary>
    NotOnWindows,

    /// <summary>A symbolic link that a migration to Windows may not bring across.</summary>
    Link,
}

/// <summary>Something that reading a tree found and a person should know.</summary>
/// <param name="Path">The entry, or the root for what concerns the whole tree.</param>
/// <param name="Text">A sentence: what it is and, for a problem, why and what to try.</param>
public sealed record TreeNote(TreeNoteKind Kind, EntryPath Path, string Text);

using System.Collections.Immutable;
using QSplit.Trees;

namespace QSplit.Transfers;

/// <summary>What one robocopy is to do. It takes one directory at a time, so a bucket is several of these.</summary>
internal abstract record RobocopyJob(EntryPath Directory)
{
    /// <summary>The directory with all below it, empty directories too.</summary>
    public sealed record WholeTree(EntryPath Directory) : RobocopyJob(Directory);

    /// <summary>Files of the directory, by name.</summary>
    /// <param name="Without">Others of it that robocopy would take for one of them: see <see cref="RobocopyArguments"/>.</param>
    public sealed record NamedFiles(EntryPath Directory, ImmutableArray<string> Names, ImmutableArray<string> Without) : RobocopyJob(Directory);

    /// <summary>The directory's own attributes and times, and whatever files of it are not across yet.</summary>
    /// <param name="Without">Names that are not to be touched.</param>
    public sealed record Level(EntryPath Directory, ImmutableArray<string> Without) : RobocopyJob(Directory);

    /// <summary>The directory itself, with nothing in it.</summary>
    public sealed record Bare(EntryPath Directory) : RobocopyJob(Directory);
}

using System.Collections.Immutable;
using System.Text;
using QSplit.Trees.Native;

namespace QSplit.Trees;

/// <summary>
/// A mounted directory, read once and kept in memory (some 30 bytes and the name for each entry). Symlinks are never followed, file systems
/// mounted below it are read with it, and every name counts: files with several names are in the totals once for each, as rsync copies them.
/// </summary>
public sealed class LocalTree : ITreeSource
{
    private readonly DirectoryNode _root;

    private LocalTree(string location, DirectoryNode root, HardLinkTotals hardLinks, ImmutableArray<TreeNote> notes) =>
        (Location, _root, HardLinks, Notes) = (location, root, hardLinks, notes);

    /// <summary>The directory's full path; where a symlink was given, what it leads to.</summary>
    public string Location { get; }

    /// <summary>The whole tree.</summary>
    public Totals Totals => _root.Totals;

    public HardLinkTotals HardLinks { get; }

    /// <summary>Complete from the start: the tree has been read.</summary>
    public ImmutableArray<TreeNote> Notes { get; }

    /// <summary>Reads a directory with all below it.</summary>
    /// <param name="progress">Told about every 1,000 entries and at the end, by the threads that read: it must be quick.</param>
    /// <param name="cancellationToken">Ends it within moments, even on a mount that hangs.</param>
    /// <exception cref="StorageException">The directory is not there, is none, may not be read, or the system is not Linux.</exception>
    public static Task<LocalTree> CrawlAsync(string directory, LocalTreeOptions options, IProgress<CrawlProgress>? progress, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Crawl(directory, options, progress, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(cancellationToken);

    public Task<DirectoryTotals> ReadAsync(EntryPath directory, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var node = Find(_root, directory) ?? throw new StorageException($"Directory {directory} is not in {Location}, as that was " +
            $"when it was read: plan again.");
        if (node.State == DirectoryState.Unreadable) throw new StorageException($"Directory {directory} of {Location} could not be listed: the notes of the tree say why.");
        var children = ImmutableArray.CreateBuilder<ChildTotals>(node.Listings.Sum(listing => listing.Count()));
        foreach (var listing in node.Listings)
        {
            var next = 0;
            for (var at = 0; listing.TryRead(ref at, out var entry);)
            {
                var below = entry.Kind == EntryKind.Directory ? listing.Directories[next++] : null;
                if (below?.State == DirectoryState.Gone) continue;
                children.Add(new(entry.Name, entry.Kind, below?.Totals ?? entry.Own, Expandable: below?.State == DirectoryState.Listed));
            }
        }
        return Task.FromResult(new DirectoryTotals(directory, node.Totals, children.DrainToImmutable()));
    }

    public bool IsInMemory => true;

    /// <summary>The largest files of the whole tree, the largest first. Reads through it in memory, twice.</summary>
    public IEnumerable<LargeFile> FindLargestFiles(int count) => LargeFileSearch.Of(_root, count);

    /// <summary>The files that have several names here. Reads through the whole tree in memory.</summary>
    public IEnumerable<LinkedSet> ReadLinkedSets() => Trees.HardLinks.Sets(_root);

    /// <inheritdoc cref="Trees.HardLinks.FindFalse"/>
    internal (EntryPath One, EntryPath Other)? FindFalseLinks() => Trees.HardLinks.FindFalse(_root, Location);

    /// <summary>Entries whose names differ only in case from others; at most one more than <see cref="Trees.CaseClashes.Most"/>.</summary>
    internal ImmutableArray<CaseClash> CaseClashes { get; private init; } = [];

    /// <summary>What was counted that some targets cannot store.</summary>
    internal TreeFacts Facts { get; private init; } = new([], [], [], 0, 0);

    /// <summary>For each range of <see cref="TreeFacts.Times"/>, in its order, the files that are in it; null for too many to
    /// tell.</summary>
    internal ImmutableArray<IReadOnlyList<EntryPath>?> OddTimes { get; private init; } = [];

    /// <summary>File systems that are mounted below the source, by path.</summary>
    internal ImmutableArray<NestedTree> Mounts { get; private init; } = [];

    /// <summary>What a directory amounts to with all below it; null where none is known by that path.</summary>
    internal Totals? TotalsOf(EntryPath directory) => Find(_root, directory)?.Totals;

    /// <summary>The source itself, with all below it.</summary>
    internal DirectoryNode Root => _root;

    private static LocalTree Crawl(string directory, LocalTreeOptions options, IProgress<CrawlProgress>? progress, CancellationToken cancellationToken)
    {
        if (!LinuxFiles.IsSupported) throw CrawlProblems.NoSystem(directory);
        var path = Path.GetFullPath(directory);
        var descriptor = LinuxFiles.OpenDirectory(Encoding.UTF8.GetBytes(path));
        if (descriptor < 0) throw CrawlProblems.NoSource(path, descriptor);
        using var source = new DirectoryHandle(descriptor);
        var location = new DirectoryInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;

        var crawl = new Crawl(source, new NamePatterns(options.LeaveOut, options.LeaveOutInAnyCase), new CrawlTally(progress), new NoteBook(), cancellationToken);
        Crawler.Run(crawl, options.Parallelism);
        if (crawl.SourceError < 0) throw CrawlProblems.NoSource(path, crawl.SourceError);
        ImmutableArray<NameCount> many = [];
        var hardLinks = crawl.Tally.Linked ? Trees.HardLinks.Count(crawl.Root, out many) : default;
        if (hardLinks.Files > 0) crawl.Notes.Add(TreeNoteKind.HardLinks, EntryPath.Root, hardLinks.Advice);
        var holes = crawl.Tally.Holes;
        if (HoleAdvice.For(holes.Files, holes.Bytes, crawl.Root.Totals.Bytes) is { } advice) crawl.Notes.Add(TreeNoteKind.Sparse, EntryPath.Root, advice);
        if (crawl.Tally.Flagged is > 0 and var flagged)
        {
            crawl.Notes.Add(TreeNoteKind.Flags, EntryPath.Root, $"{flagged:N0} {(flagged == 1 ? "entry is" : "entries are")} immutable or append-only (chattr +i, +a). " +
                "rsync does not copy these flags: set them on the target after the cutover.");
        }
        if (crawl.Tally.LeftOut.Count > 0) crawl.Notes.Add(TreeNoteKind.LeftOut, EntryPath.Root,
            CrawlProblems.LeftOutInAll(crawl.Tally.LeftOut));
        LongPaths.Note(crawl);
        // Read last: the crawl may have mounted something.
        var mounts = MountsBelow(path, crawl);
        var clashes = Trees.CaseClashes.In(crawl.Root);
        if (!clashes.IsEmpty) crawl.Notes.Add(TreeNoteKind.CaseClash, EntryPath.Root, CrawlProblems.Clash(clashes));
        crawl.Tally.ReportEnd();
        var times = crawl.Tally.Facts.Times.ToList();
        return new(location, crawl.Root, hardLinks, crawl.Notes.ToNotes())
        {
            CaseClashes = clashes,
            Facts = new([.. times.Select(time => time.Count)], crawl.Tally.Facts.Owners, many, holes.Files, holes.Bytes),
            OddTimes = [.. times.Select(time => time.Files)],
            Mounts = mounts,
        };
    }

    private static ImmutableArray<NestedTree> MountsBelow(string source, Crawl crawl)
    {
        var mounts = ImmutableArray.CreateBuilder<NestedTree>();
        foreach (var (path, type) in MountTable.Resolved(source) is { } directory ? MountTable.Below(directory) : [])
        {
            if (Find(crawl.Root, path) is not { } node) continue;
            mounts.Add(new(path, type, node.Totals));
            crawl.Notes.Add(TreeNoteKind.OtherFileSystem, path, CrawlProblems.Mounted(mounts[^1]));
        }
        return mounts.ToImmutable();
    }

    private static DirectoryNode? Find(DirectoryNode root, EntryPath path)
    {
        if (path.IsRoot) return root;
        var node = root;
        foreach (var part in path.Bytes.Split((byte)'/'))
        {
            node = Child(node, path.Bytes[part]);
            if (node is null) return null;
        }
        return node;
    }

    private static DirectoryNode? Child(DirectoryNode directory, ReadOnlySpan<byte> name)
    {
        foreach (var child in directory.Directories)
            if (child.State != DirectoryState.Gone && child.Name.SequenceEqual(name)) return child;
        return null;
    }
}

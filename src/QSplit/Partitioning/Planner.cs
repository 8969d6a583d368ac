using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Partitioning;

/// <summary>What a plan is made for.</summary>
/// <param name="Migration">The migration's name in the manifest.</param>
/// <param name="MadeAt">Now.</param>
/// <param name="Cost">What buckets are balanced by, and how long they are expected to take.</param>
/// <param name="Buckets">How many buckets at most; null for <see cref="BucketCount.Auto"/>.</param>
/// <param name="Slots">How many rsyncs run at once on all hosts together; 0 where no hosts are listed.</param>
public sealed record PlanRequest(string Migration, DateTimeOffset MadeAt, CostModel Cost, int? Buckets, int Slots)
{
    /// <summary>What will copy.</summary>
    public MoverKind Mover { get; init; }
}

/// <summary>Makes plans: reads of a source what <see cref="Partitioner"/> asks for.</summary>
public static class Planner
{
    private const int ReadsAtOnce = 8;

    /// <summary>Reads the root, then more directories until the balance is good enough, and cuts the tree.</summary>
    /// <exception cref="StorageException">The source cannot be read.</exception>
    public static async Task<Plan> PlanAsync(ITreeSource source, PlanRequest request, CancellationToken cancellationToken)
    {
        var root = await source.ReadAsync(EntryPath.Root, cancellationToken);
        var outline = new OutlineWriter();
        outline.Add(root);
        var count = request.Buckets ?? BucketCount.Auto(root.Totals, request.Cost, request.Slots);
        // robocopy's last pass takes no directory that no list names.
        var frontier = Frontier.Start(root, request.Cost, leavesUnnamed: request.Mover == MoverKind.Rsync);
        while (Partitioner.ToRead(frontier, count) is { IsEmpty: false } wanted)
        {
            var read = await ReadAsync(source, wanted, cancellationToken);
            foreach (var directory in read) outline.Add(directory);
            frontier = frontier.With(read);
        }
        if (source.IsInMemory) await Outlines.DeepenAsync(outline, source, root.Totals, cancellationToken);
        var seen = await SourceDigest.OfAsync(source, root, cancellationToken);

        var (totals, buckets, levels, balance, notes) = Partitioner.Assign(frontier, count, keepKinds: request.Mover == MoverKind.Robocopy);
        var stamp = BucketFile.Stamp(request.MadeAt);
        var breaks = buckets.Select(BucketFile.NoteOnLineBreaks).OfType<TreeNote>();
        // In one order, whichever answer came first.
        var all = source.Notes.Concat(notes).Concat(breaks).OrderBy(note => note.Kind).ThenBy(note => note.Path).ThenBy(note => note.Text, StringComparer.Ordinal);
        return new(request.Migration, stamp, source.Location, totals, buckets, levels, balance, [.. all])
        {
            Mover = request.Mover,
            SourceSha256 = seen,
            Outline = outline.ToOutline(),
            LargestFiles = [.. source.FindLargestFiles(OutlineWriter.MostFiles) ?? outline.LargestFiles],
        };
    }

    private static async Task<DirectoryTotals[]> ReadAsync(ITreeSource source, ImmutableArray<EntryPath> wanted, CancellationToken cancellationToken)
    {
        var read = new DirectoryTotals[wanted.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, wanted.Length, options, async (i, token) => read[i] = await source.ReadAsync(wanted[i], token));
        return read;
    }
}

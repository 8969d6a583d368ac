using System.Collections.Immutable;
using System.Text;
using QSplit.Deletions;
using QSplit.Preflights;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>File systems that are mounted below the target. What is only on one of them, or holds one, is neither listed nor deleted.</summary>
internal sealed class TargetMounts
{
    private TargetMounts(IEnumerable<EntryPath> mounts) => Mounts = [.. mounts];

    /// <summary>Where they are mounted, below the target.</summary>
    public ImmutableArray<EntryPath> Mounts { get; }

    /// <summary>Those that any host sees.</summary>
    public static TargetMounts Of(FleetFinding found) => new(WithTypes(found).Select(mount => mount.Path).Distinct().Order());

    /// <summary>The same with the types of these file systems.</summary>
    public static IEnumerable<(EntryPath Path, string Type)> WithTypes(FleetFinding found) => found.Hosts
        .SelectMany(host => host.Facts?.Mounts ?? []).Where(mount => mount.InTarget)
        .Select(mount => (EntryPath.FromBytes(Encoding.UTF8.GetBytes(mount.Path)), mount.Type)).Distinct();

    /// <summary>Whether an entry is a mount point, or lies below one, or has one below it.</summary>
    public bool Keep(EntryPath path) => Mounts.Any(mount => path == mount || path.IsWithin(mount) || mount.IsWithin(path));

    /// <summary>A list without what is kept.</summary>
    public DeletionList Without(DeletionList list) => Mounts.IsEmpty ? list : list with { Items = [.. list.Items.Where(item => !Keep(item.Path))] };
}

using System.Text;
using QSplit.Deletions;
using QSplit.Preflights;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>File systems that are mounted below the target. What is only on one of them, or holds one, is neither listed nor deleted.</summary>
internal sealed class TargetMounts
{
    private readonly List<EntryPath> _mounts;

    private TargetMounts(IEnumerable<EntryPath> mounts) => _mounts = [.. mounts];

    /// <summary>Those that any host sees.</summary>
    public static TargetMounts Of(FleetFinding found) => new(
        found.Hosts.SelectMany(host => host.Facts?.Mounts ?? []).Where(mount => mount.InTarget).Select(mount => mount.Path).Distinct()
            .Select(path => EntryPath.FromBytes(Encoding.UTF8.GetBytes(path))).Order());

    /// <summary>Whether an entry is a mount point, or lies below one, or has one below it.</summary>
    public bool Keep(EntryPath path) => _mounts.Exists(mount => path == mount || path.IsWithin(mount) || mount.IsWithin(path));

    /// <summary>A list without what is kept.</summary>
    public DeletionList Without(DeletionList list) => _mounts.Count == 0 ? list : list with { Items = [.. list.Items.Where(item => !Keep(item.Path))] };
}

using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Reports;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>What has to be so before anything is deleted.</summary>
internal static class DeletionRules
{
    /// <summary>A list that was reviewed.</summary>
    /// <exception cref="ManifestException">It cannot be read, or is of another migration.</exception>
    public static DeletionList Reviewed(string file, Job job, Surroundings around)
    {
        var path = Path.GetFullPath(file, around.Directory);
        if (Directory.Exists(path)) path = Path.Combine(path, DeletionFile.Name);
        try
        {
            var list = DeletionFile.ReadFile(path);
            if (list.Withheld is { } why) throw new ManifestException($"--deletes={file} was not told, for a reason: {why} Sync again, and review what that lists.");
            return list.Migration == job.Migration.Name
                ? list
                : throw new ManifestException($"--deletes={file} is of migration {list.Migration}, and this is {job.Migration.Name}.");
        }
        catch (StorageException e)
        {
            throw new ManifestException($"--deletes={file}: {e.Message}", e);
        }
    }

    /// <exception cref="ManifestException">More would be deleted than the manifest allows.</exception>
    public static void RequireFew(DeletionList list, Migration migration, Plan planned)
    {
        if (WhyTooMany(list, migration, planned) is { } why) throw new ManifestException(why);
    }

    /// <summary>Why more would be deleted than the manifest allows; null where that is not so.</summary>
    public static string? WhyTooMany(DeletionList list, Migration migration, Plan planned)
    {
        var most = migration.MostDeletions.Of(planned.Totals.Entries);
        return list.Entries <= most
            ? null
            : $"Migration {migration.Name}: {Humane.Count(list.Entries, "entry", "entries")} are only on the target, and 'deleteLimit: {migration.MostDeletions}' lets {Humane.Count(most)} be deleted. Is the source whole? " +
              $"The first: {string.Join(", ", list.Items.Take(5).Select(item => item.Path))}. If they are to go, raise the limit.";
    }

    /// <summary>Why nothing is to be deleted after a look at the source, in a sentence; null where there is no reason.</summary>
    /// <param name="before">How many entries it had.</param>
    /// <param name="now">How many it says to have.</param>
    public static string? WhyNone(Migration migration, long before, long now)
    {
        var (gone, most) = (before - now, migration.MostDeletions.Of(before));
        return gone <= most
            ? null
            : $"The source of migration {migration.Name} has {Humane.Count(gone, "entry", "entries")} less than at the last pass, more than 'deleteLimit: {migration.MostDeletions}' lets be deleted ({Humane.Count(most)}). Is it whole? If that is as it should be, raise the limit.";
    }

    /// <summary>The same after a new plan of the whole tree: by what the source says of itself, where that is less than what was planned of it.</summary>
    public static string? WhyNone(Migration migration, Plan before, Plan now) => WhyNone(
        migration, before.Totals.Entries, now.Outline.Directories.Where(directory => directory.Path.IsRoot).Select(root => root.Totals.Entries).Append(now.Totals.Entries).Min());

    /// <summary>
    /// Why a pass is not to begin: what was mounted inside the source at the last pass would count as gone, and what goes to a file system that
    /// was mounted inside the target would be written below its mount point. Null where there is no reason.
    /// </summary>
    public static string? WhyUnmounted(Migration migration, Plan before, Plan now)
    {
        var mounted = now.Mounts.Select(mount => (mount.InTarget, mount.Path)).ToHashSet();
        bool Matters(NestedTree mount) => mount.Totals.Entries > (mount.InTarget ? 0 : 1) && !mounted.Contains((mount.InTarget, mount.Path));
        return before.Mounts.FirstOrDefault(Matters) is { } gone
            ? $"The {(gone.InTarget ? "target" : "source")} of migration {migration.Name} had another file system ({gone.Type}, " +
              $"{Humane.Count(gone.Totals.Entries, "entry", "entries")}) mounted at {gone.Path} at the last pass, and has none there now. " +
              "Is it mounted? If that is as it should be: --accept-drift"
            : null;
    }
}

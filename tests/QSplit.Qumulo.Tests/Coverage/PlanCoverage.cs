using System.Diagnostics;
using System.Text;
using System.Text.Unicode;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Qumulo.Tests.Coverage;

/// <summary>Whether a plan has every entry of a directory once: in one item of one bucket, or as a level; or says that its name keeps it out of all.</summary>
internal static class PlanCoverage
{
    public static void ShouldHaveEachOnce(Plan plan, string directory)
    {
        var items = plan.Buckets.SelectMany(bucket => bucket.Items).ToList();
        items.ShouldBeUnique();
        var (known, levels) = (items.ToHashSet(), plan.Levels.ToHashSet());
        var entries = Entries(directory);
        entries.ShouldNotBeEmpty();
        foreach (var entry in entries)
            (ItselfAndAbove(entry).Count(known.Contains) + (levels.Contains(entry) || IsLeft(entry) ? 1 : 0)).ShouldBe(1, $"{plan.Source}: {entry}");
        items.Where(item => !item.IsRoot).ShouldBeSubsetOf(entries);

        // In a shared directory, with a name that no API can say, and a note on that directory: the last pass copies it.
        bool IsLeft(EntryPath entry) => ItselfAndAbove(entry).Any(at =>
            !at.IsRoot && !Utf8.IsValid(at.Name) && levels.Contains(at.Parent) && plan.Notes.Any(note => note.Kind == TreeNoteKind.KeptWhole && note.Path == at.Parent));
    }

    private static IEnumerable<EntryPath> ItselfAndAbove(EntryPath path)
    {
        for (; !path.IsRoot; path = path.Parent) yield return path;
        yield return EntryPath.Root;
    }

    // find tells names as they are on disk, and knows nothing of this program. Latin 1 keeps each byte.
    private static List<EntryPath> Entries(string directory)
    {
        using var find = Process.Start(new ProcessStartInfo("find", [directory, "-mindepth", "1", "-printf", "%P\\0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.Latin1,
        })!;
        return [.. find.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(path => EntryPath.FromBytes(Encoding.Latin1.GetBytes(path)))];
    }
}

using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Text;
using QSplit.Partitioning;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.CmdScripts;

/// <summary>A plan as jobs for robocopy: pure.</summary>
internal static class RobocopyJobs
{
    /// <summary>Before all buckets: the target itself. robocopy makes what is above a directory that it copies.</summary>
    public static IEnumerable<RobocopyJob> Open => [new RobocopyJob.Bare(EntryPath.Root)];

    /// <summary>All of a bucket of a plan: a job for each tree, and one for the files of each directory.</summary>
    public static IEnumerable<RobocopyJob> OfBucket(Plan plan, Bucket bucket)
    {
        var kinds = bucket.Items.Zip(bucket.Kinds).ToLookup(item => item.Second == EntryKind.Directory, item => item.First);
        return [
            .. kinds[true].Select(path => new RobocopyJob.WholeTree(path)),
            .. kinds[false].GroupBy(path => path.Parent).Select(files => OfFiles(plan, files.Key, [.. files.Select(NameOf)])),
        ];
    }

    /// <summary>After all buckets, the deepest first: what is made in a directory changes its times.</summary>
    public static IEnumerable<RobocopyJob> Seal(Plan plan)
    {
        var left = plan.Notes.Where(note => note.Kind == TreeNoteKind.NotOnWindows && !note.Path.IsRoot).ToLookup(note => note.Path.Parent, note => note.Path);
        // Of so many that notes only count the rest, those are at any level.
        var areAllNamed = !plan.Notes.Any(note => note.Kind == TreeNoteKind.NotOnWindows && note.Path.IsRoot);
        // What has no name on Windows has another there, if it is there at all: nobody knows which. Then only what is planned is touched.
        return plan.Levels.Reverse().Select(level =>
            areAllNamed && left[level].All(path => WindowsName.Text(path.Name) is { } name && WindowsName.WhyNot(name) is null)
                ? new RobocopyJob.Level(level, [.. left[level].Select(NameOf)])
                : (RobocopyJob)new RobocopyJob.Bare(level));
    }

    // No two buckets may write one file, so what is another's, or nobody's, is named as such.
    private static RobocopyJob.NamedFiles OfFiles(Plan plan, EntryPath directory, ImmutableArray<string> names)
    {
        var patterns = names.Where(name => name[0] == '-').Select(name => FileSystemName.TranslateWin32Expression(RobocopyArguments.NoOption(name))).ToList();
        if (patterns.Count == 0) return new(directory, names, []);
        var files = plan.Buckets.SelectMany(bucket => bucket.Items.Where((path, i) => bucket.Kinds[i] != EntryKind.Directory && !path.IsRoot && path.Parent == directory).Select(NameOf));
        var left = plan.Notes.Where(note => note.Kind == TreeNoteKind.NotOnWindows && !note.Path.IsRoot && note.Path.Parent == directory).Select(note => WindowsName.Text(note.Path.Name)).OfType<string>();
        return new(directory, names, [.. files.Concat(left.Where(name => WindowsName.WhyNot(name) is null))
            .Where(name => name[0] != '-' && patterns.Any(pattern => FileSystemName.MatchesWin32Expression(pattern, name, ignoreCase: true)))
            .Except(names, StringComparer.OrdinalIgnoreCase)]);
    }

    private static string NameOf(EntryPath path) => Encoding.UTF8.GetString(path.Name);
}

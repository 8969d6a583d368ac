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

    /// <summary>All of a bucket: a job for each tree, and one for the files of each directory.</summary>
    public static IEnumerable<RobocopyJob> OfBucket(Bucket bucket)
    {
        var kinds = bucket.Items.Zip(bucket.Kinds).ToLookup(item => item.Second == EntryKind.Directory, item => item.First);
        return [
            .. kinds[true].Select(path => new RobocopyJob.WholeTree(path)),
            .. kinds[false].GroupBy(path => path.Parent).Select(files => new RobocopyJob.NamedFiles(files.Key, [.. files.Select(NameOf)])),
        ];
    }

    /// <summary>After all buckets, the deepest first: what is made in a directory changes its times.</summary>
    public static IEnumerable<RobocopyJob> Seal(Plan plan)
    {
        var left = plan.Notes.Where(note => note.Kind == TreeNoteKind.NotOnWindows && !note.Path.IsRoot).ToLookup(note => note.Path.Parent, note => note.Path);
        // What has no name on Windows has another there, if it is there at all: nobody knows which. Then only what is planned is touched.
        return plan.Levels.Reverse().Select(level =>
            left[level].All(path => WindowsName.Text(path.Name) is { } name && WindowsName.WhyNot(name) is null)
                ? new RobocopyJob.Level(level, [.. left[level].Select(NameOf)])
                : (RobocopyJob)new RobocopyJob.Bare(level));
    }

    private static string NameOf(EntryPath path) => Encoding.UTF8.GetString(path.Name);
}

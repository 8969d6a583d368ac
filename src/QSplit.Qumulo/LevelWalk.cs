using System.Collections.Concurrent;
using System.Text;
using QSplit.Trees;

namespace QSplit.Qumulo;

/// <summary>Comes by every directory of a tree of a cluster, level by level, several at once: what totals do not tell is found by that.</summary>
internal static class LevelWalk
{
    private const int AtOnce = 16;

    /// <param name="top">Where it begins, below the root of the tree.</param>
    /// <param name="goesOn">Asked before each level.</param>
    /// <param name="list">Lists a directory, and adds those in it that are to be come by.</param>
    public static async Task RunAsync(
        EntryPath top, Func<bool> goesOn, Func<EntryPath, ConcurrentBag<EntryPath>, CancellationToken, Task> list, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        for (ConcurrentBag<EntryPath> level = [top]; !level.IsEmpty && goesOn();)
        {
            var next = new ConcurrentBag<EntryPath>();
            await Parallel.ForEachAsync(level, options, async (directory, token) => await list(directory, next, token));
            level = next;
        }
    }

    /// <summary>The path of a directory on the cluster.</summary>
    /// <param name="root">Of the tree; without a slash at its end unless it is the root of the cluster.</param>
    public static string PathOf(string root, EntryPath directory) =>
        directory.IsRoot ? root : $"{root.TrimEnd('/')}/{Encoding.UTF8.GetString(directory.Bytes)}";
}

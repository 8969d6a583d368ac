using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>A directory of the outline with those of the outline below it.</summary>
/// <param name="Index">Its place among the plan's directories.</param>
internal sealed record OutlineNode(int Index, ReportDirectory Directory, string Name, ImmutableArray<OutlineNode> Children);

/// <summary>The outline's list of paths as a tree.</summary>
internal static class OutlineTree
{
    /// <summary>The root; null when there is none in the list. A directory whose parent is not listed hangs on the nearest one that is.</summary>
    public static OutlineNode? Of(ImmutableArray<ReportDirectory> directories)
    {
        if (directories.IsDefaultOrEmpty) return null;
        var listed = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < directories.Length; i++) listed.TryAdd(directories[i].Path, i);
        if (!listed.TryGetValue(".", out var root)) return null;
        var children = listed.Values.Where(i => i != root).ToLookup(i => Above(directories[i].Path).Select(path => listed.GetValueOrDefault(path, root)).First(above => above != i));
        return Node(root);

        OutlineNode Node(int index) => new(index, directories[index], Name(directories[index].Path), [.. children[index].Order().Select(Node)]);

        IEnumerable<string> Above(string path)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
                if (listed.ContainsKey(path[..slash])) yield return path[..slash];
            yield return ".";
        }
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];
}

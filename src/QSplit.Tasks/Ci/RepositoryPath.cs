namespace QSplit.Tasks.Ci;

/// <summary>A file as the pages of GitHub and GitLab know it: relative to the checkout, with slashes.</summary>
internal static class RepositoryPath
{
    /// <param name="file">The file as the user named it; returned as it is when it is not in the checkout.</param>
    /// <param name="directory">Where a relative <paramref name="file"/> starts, in full.</param>
    /// <param name="checkout">The folder of the checkout, in full; null when nobody says.</param>
    public static string Of(string file, string directory, string? checkout) =>
        string.IsNullOrEmpty(checkout) ? file : Within(Real(checkout), Real(Path.GetFullPath(file, directory))) ?? file;

    private static string? Within(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    // A runner names its folder through links, and the current directory is told without them.
    private static string Real(string path)
    {
        if (Path.GetDirectoryName(path) is not { } above) return path;
        var here = Path.Combine(Real(above), Path.GetFileName(path));
        try
        {
            return File.ResolveLinkTarget(here, returnFinalTarget: true) is { } target ? Real(target.FullName) : here;
        }
        catch (IOException)
        {
            // Links that lead in a circle.
            return here;
        }
    }
}

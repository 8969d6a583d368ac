namespace QSplit.Manifests;

/// <summary>Paths as a manifest writes them, and how two of them lie to each other.</summary>
internal static class Paths
{
    // As the kernel: enough for every honest chain of links, and an end to a loop of them (path_resolution(7)).
    private const int MaxLinks = 40;

    /// <summary>The path in full, without a trailing separator; <c>~/</c> is the home directory.</summary>
    public static Parsed<string> Full(string text, string directory, Func<string, string?> environment)
    {
        if (text.Length == 0) return new Wrong("must be a path, is empty");
        if (text.Contains('\0', StringComparison.Ordinal)) return new Wrong("must be a path, has a NUL in it");
        if (text is "~" || text.StartsWith("~/", StringComparison.Ordinal))
        {
            if (environment("HOME") is not { Length: > 0 } home) return new Wrong("starts with '~', but the environment variable 'HOME' is not set");
            text = home + text[1..];
        }
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(text, directory));
    }

    /// <summary>Whether <paramref name="inner"/> is <paramref name="outer"/> or below it; both in full.</summary>
    public static bool IsWithin(string inner, string outer) =>
        inner == outer || inner.StartsWith(Path.EndsInDirectorySeparator(outer) ? outer : outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A full path with the symbolic links in it followed, as far as it exists.</summary>
    public static string Real(string path)
    {
        var real = Path.GetPathRoot(path)!;
        var rest = new Stack<string>(Parts(path).Reverse());
        for (var links = 0; rest.TryPop(out var name);)
        {
            var next = Path.GetFullPath(Path.Combine(real, name));
            if (LinkTarget(next) is not { } target || ++links > MaxLinks)
            {
                real = next;
                continue;
            }
            if (Path.IsPathRooted(target)) real = Path.GetPathRoot(target)!;
            foreach (var part in Parts(target).Reverse()) rest.Push(part);
        }
        return real;
    }

    private static string[] Parts(string path) =>
        path[Path.GetPathRoot(path)!.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

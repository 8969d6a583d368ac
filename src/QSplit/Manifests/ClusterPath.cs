namespace QSplit.Manifests;

/// <summary>Absolute paths on a cluster, as people write them.</summary>
internal static class ClusterPath
{
    /// <summary>The path without a trailing slash, unless it is the root; or why it is none.</summary>
    public static Parsed<string> Read(string text) =>
        text.Length == 0 || text[0] != '/' ? new Wrong("must start with '/'")
        : text.Split('/').Any(name => name is "." or "..") ? new Wrong("must not have '.' or '..' in it")
        : text.Contains('\0', StringComparison.Ordinal) ? new Wrong("must not have a NUL in it")
        : (Parsed<string>)("/" + string.Join('/', text.Split('/', StringSplitOptions.RemoveEmptyEntries)));
}

using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>A directory of a cluster in one line: <c>qumulo://[user@]host[:port]/path</c>. The path is taken as it stands, blanks and percent signs too.</summary>
internal sealed record ClusterUrl(string? User, string Host, int Port, string Path)
{
    private const string Scheme = "qumulo://";
    private const int UsualPort = 8000;

    /// <exception cref="ManifestException">The text is none, or has a password in it.</exception>
    public static ClusterUrl Read(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal)) throw Wrong(text, "sources are a directory, or qumulo://[user@]host[:port]/path");
        var rest = text[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (authority, path) = slash < 0 ? (rest, "/") : (rest[..slash], rest[slash..]);
        if (!Uri.TryCreate($"{Scheme}{authority}/", UriKind.Absolute, out var url) || Uri.CheckHostName(url.IdnHost) == UriHostNameType.Unknown || url.Host.StartsWith('-'))
            throw Wrong(text, "between qumulo:// and the path there must be [user@]host[:port]");
        if (url.UserInfo.Contains(':', StringComparison.Ordinal))
            throw new ManifestException("--source has a password in it, which everyone on this machine can read in the list of processes: put it into the environment variable QSPLIT_PASSWORD.");
        return ClusterPath.Read(path) switch
        {
            { Ok: true, Value: var absolute } => new(url.UserInfo is { Length: > 0 } user ? Uri.UnescapeDataString(user) : null, url.IdnHost, url.Port < 0 ? UsualPort : url.Port, absolute),
            { Why: var why } => throw Wrong(text, $"its path {why}"),
        };
    }

    private static ManifestException Wrong(string text, string why) => new($"--source={WithoutLogin(text)}: {why}.");

    // What is no such line may still have a password in it: one with a slash, or in that of another scheme.
    private static string WithoutLogin(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var at = text.LastIndexOf('@');
        return at > start && text.AsSpan(start, at - start).Contains(':') ? $"{text[..start]}***{text[at..]}" : text;
    }
}

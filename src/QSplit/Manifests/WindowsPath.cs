using QSplit.Trees;

namespace QSplit.Manifests;

/// <summary>Absolute paths of Windows, as a manifest writes them: <c>\\server\share\dir</c>, <c>D:\music</c>. Nothing here asks the system that this runs on.</summary>
internal static class WindowsPath
{
    private const string Form = @"must be an absolute path of Windows, such as \\server\share\dir or D:\music";

    /// <summary>The path without a backslash at its end, unless it is the root of a drive; or why it is none.</summary>
    public static Parsed<string> Read(string text)
    {
        var isShare = text.StartsWith(@"\\", StringComparison.Ordinal);
        var isDrive = text.Length >= 3 && char.IsAsciiLetter(text[0]) && text[1] == ':' && text[2] == '\\';
        if (!isShare && !isDrive) return new Wrong($"{Form}, is '{text}'");
        var (start, rest) = isShare ? (@"\\", text[2..]) : (text[..3], text[3..]);
        if (rest.EndsWith('\\')) rest = rest[..^1];
        var names = rest.Length == 0 ? [] : rest.Split('\\');
        if (isShare && names.Length < 2) return new Wrong($"{Form}, is '{text}', which has no share");
        foreach (var name in names)
            if (WhyNot(name) is { } why) return new Wrong($"{Form}: in '{text}', the name '{name}' {why}");
        return start + rest;
    }

    /// <summary>What the path lies in; a share and the root of a drive lie in themselves.</summary>
    public static string Parent(string path)
    {
        var last = path.LastIndexOf('\\');
        if (path.Length == 3 || (path.StartsWith(@"\\", StringComparison.Ordinal) && path.AsSpan(2).Count('\\') < 2)) return path;
        return last == 2 ? path[..3] : path[..last];
    }

    /// <summary>Whether <paramref name="inner"/> is <paramref name="outer"/> or below it, in whatever case.</summary>
    public static bool IsWithin(string inner, string outer) =>
        inner.Equals(outer, StringComparison.OrdinalIgnoreCase) || inner.StartsWith(outer.TrimEnd('\\') + '\\', StringComparison.OrdinalIgnoreCase);

    private static string? WhyNot(string name) => name is "." or ".." ? "is a relative reference" : WindowsName.WhyNot(name);
}

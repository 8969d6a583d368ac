using System.Text;

namespace QSplit.Manifests;

/// <summary>Puts in what <c>${env:NAME}</c> and <c>${file:path}</c> refer to; <c>$${</c> is a plain <c>${</c>. What is put in is not looked at again.</summary>
internal static class References
{
    /// <summary>A secret or an address is short; a file that is longer is another file.</summary>
    public const int MaxFileBytes = 64 * 1024;

    /// <summary>The text with all references resolved, or why one cannot be.</summary>
    /// <param name="directory">Where relative paths of files start.</param>
    /// <param name="environment">The value of an environment variable, or null.</param>
    public static Parsed<string> Resolve(string text, string directory, Func<string, string?> environment)
    {
        var resolved = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var start = text.IndexOf("${", at, StringComparison.Ordinal);
            if (start < 0) start = text.Length;
            var escaped = start > at && start < text.Length && text[start - 1] == '$';
            resolved.Append(text, at, start - at - (escaped ? 1 : 0));
            at = start;
            if (at == text.Length) break;
            if (escaped)
            {
                resolved.Append("${");
                at += 2;
                continue;
            }
            var end = text.IndexOf('}', at);
            if (end < 0) return new Wrong("has a '${' without its '}'; a plain '${' is written '$${'");
            var value = Look(text[at..(end + 1)], text[(at + 2)..end], directory, environment);
            if (!value.Ok) return value;
            resolved.Append(value.Value);
            at = end + 1;
        }
        return resolved.ToString();
    }

    private static Parsed<string> Look(string whole, string inside, string directory, Func<string, string?> environment)
    {
        if (inside.StartsWith("env:", StringComparison.Ordinal))
        {
            return environment(inside[4..]) is { } value ? value : new Wrong($"refers to {whole}, but the environment variable '{inside[4..]}' is not set");
        }
        if (inside.StartsWith("file:", StringComparison.Ordinal))
        {
            return Paths.Full(inside[5..], directory, environment).Then(path => Load(whole, path));
        }
        return new Wrong($"has {whole}, which refers to nothing; write ${{env:NAME}} or ${{file:path}}, or '$${{' for a plain '${{'");
    }

    private static Parsed<string> Load(string whole, string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxFileBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxFileBytes) return new Wrong($"refers to {whole}, but '{path}' has more than {MaxFileBytes:N0} bytes");
            var content = Encoding.UTF8.GetString(bytes, 0, length);
            return content.EndsWith("\r\n", StringComparison.Ordinal) ? content[..^2] : content.EndsWith('\n') ? content[..^1] : content;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Wrong($"refers to {whole}, but there is no file '{path}'");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new Wrong($"refers to {whole}, but '{path}' cannot be read: {unreadable.Message}");
        }
    }
}

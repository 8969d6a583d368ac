using System.Text.RegularExpressions;

namespace QSplit.Testing.Windows;

/// <summary>
/// Directories of this machine as Windows would see them: names in any case of letters are the same, and what it cannot hold is not there. Where
/// two names differ only in case, whoever asks for either gets the first.
/// </summary>
/// <param name="mounts">For the start of a Windows path (<c>\\nas\old</c>, <c>D:</c>) the directory that it stands for.</param>
public sealed partial class WindowsDisk(IReadOnlyDictionary<string, string> mounts)
{
    // To open a pipe is to wait for whoever writes to it, and .NET does not say what an entry is.
    private readonly Lazy<HashSet<string>> _specials = new(() =>
        [.. Tool.Read("find", [.. mounts.Values.Where(Directory.Exists), "-not", "-type", "f", "-not", "-type", "d", "-not", "-type", "l", "-print0"]).Split('\0')]);

    /// <summary>Reads mounts from one word: <c>\\nas\old=/tmp/a;D:=/tmp/b</c>.</summary>
    public static WindowsDisk Parse(string text) => new(text.Split(';').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase));

    /// <summary>Where a path is on this machine, whether it is there or not; null where there is no such drive or share.</summary>
    public string? Find(string path)
    {
        // Slashes are backslashes, several are one, a dot is the directory itself, blanks and dots at the end of a name are not seen.
        var whole = path.Replace('/', '\\');
        var mount = mounts.Keys.Where(m => whole.StartsWith(m, StringComparison.OrdinalIgnoreCase) && (whole.Length == m.Length || whole[m.Length] == '\\')).MaxBy(m => m.Length);
        if (mount is null) return null;
        var at = mounts[mount];
        foreach (var name in whole[mount.Length..].Split('\\', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "."))
        {
            var seen = name.TrimEnd(' ', '.');
            at = Path.Combine(at, Directory.Exists(at) ? Names(at).FirstOrDefault(n => n.Equals(seen, StringComparison.OrdinalIgnoreCase)) ?? seen : seen);
        }
        return at;
    }

    /// <summary>The names in a directory of this machine that Windows has too, in order.</summary>
    public IReadOnlyList<string> Names(string directory) =>
        [.. RawNames(directory).Where(name => IsName(name) && !_specials.Value.Contains(Path.Combine(directory, name))).Order(StringComparer.Ordinal)];

    /// <summary>Whether Windows can have such a name; what it cannot, it does not see.</summary>
    public static bool IsName(string name) => name.Length <= 255 && !name.Contains('\ufffd', StringComparison.Ordinal) && Name().IsMatch(name);

    // .NET gives a replacement character for what is not UTF-8.
    private static IEnumerable<string> RawNames(string directory) => Directory.EnumerateFileSystemEntries(directory).Select(entry => Path.GetFileName(entry));

    // learn.microsoft.com/windows/win32/fileio/naming-a-file
    [GeneratedRegex("^(?!(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?\\z)[^<>:\"/\\\\|?*\\x00-\\x1f]*[^<>:\"/\\\\|?*\\x00-\\x1f. ]\\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline, Timeout.Infinite)]
    private static partial Regex Name();
}

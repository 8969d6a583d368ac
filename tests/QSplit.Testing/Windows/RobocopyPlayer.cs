using System.Globalization;
using System.IO.Enumeration;

namespace QSplit.Testing.Windows;

/// <summary>
/// Plays robocopy, as far as its own documentation says what it does: which files and directories a job comes by, what it skips, what it
/// leaves alone, and its exit bits. It really copies.
/// </summary>
/// <remarks>learn.microsoft.com/windows-server/administration/windows-commands/robocopy; of attributes only times are kept: this machine has no others.</remarks>
/// <param name="copied">Told of each file that is copied, by its path on this machine.</param>
public sealed class RobocopyPlayer(WindowsDisk disk, TextWriter output, Action<string> copied)
{
    private static readonly string[] Known =
        ["/COPY:", "/DCOPY:", "/MT", "/R:", "/W:", "/BYTES", "/NP", "/NFL", "/NDL", "/SL", "/SEC", "/COPYALL", "/B", "/ZB", "/J", "/FFT", "/TEE", "/UNILOG+:", "/IPG:", "/XX"];

    private readonly List<string> _names = [], _withoutFiles = [], _withoutDirectories = [];
    private readonly long[] _directories = new long[6], _files = new long[6], _bytes = new long[6];
    private bool _below, _links, _directoryTimes;
    private int _levels, _code;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public int Run(IReadOnlyList<string> arguments)
    {
        if (Read(arguments) is not var (source, target)) return 16;
        var (from, to) = (disk.Find(source), disk.Find(target));
        if (from is null || !Directory.Exists(from)) return Fatal("Accessing Source Directory", source);
        if (to is null) return Fatal("Creating Destination Directory", target);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Walk(from, to, 1);
        WriteTable();
        return _code;
    }

    // All switches can be written with a dash, and names end where the first one begins.
    private (string, string)? Read(IReadOnlyList<string> arguments)
    {
        var (paths, into) = (new List<string>(), (List<string>?)null);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument.Length == 0 || (argument[0] != '-' && !(argument[0] == '/' && argument.LastIndexOf('/') == 0)))
            {
                if (into is null && paths.Count < 2) paths.Add(argument);
                else (into ?? _names).Add(argument);
                continue;
            }
            var option = "/" + argument[1..].ToUpperInvariant();
            into = option switch { "/XF" => _withoutFiles, "/XD" => _withoutDirectories, _ => null };
            if (into is not null) continue;
            if (option == "/E") _below = true;
            else if (option == "/SL") _links = true;
            else if (option.StartsWith("/LEV:", StringComparison.Ordinal)) _levels = int.Parse(option[5..], CultureInfo.InvariantCulture);
            else if (!Known.Any(known => known[^1] == ':' ? option.StartsWith(known, StringComparison.Ordinal) : option.Split(':')[0] == known))
            {
                output.WriteLine($"\r\nERROR : Invalid Parameter #{i + 1} : \"{argument}\"\r\n");
                return null;
            }
            if (option.StartsWith("/DCOPY:", StringComparison.Ordinal)) _directoryTimes = option.Contains('T', StringComparison.Ordinal);
        }
        if (_names.Count == 0) _names.Add("*.*");
        return paths.Count == 2 ? (paths[0], paths[1]) : null;
    }

    private void Walk(string from, string to, int level)
    {
        _directories[0]++;
        if (!Directory.Exists(to))
        {
            Directory.CreateDirectory(to);
            _directories[1]++;
        }
        else _directories[2]++;
        var (here, known) = (ByAnyCase(from), ByAnyCase(to));
        foreach (var name in disk.Names(from))
        {
            // Of two names in different letters, either gets the first.
            var path = Path.Combine(from, here[name]);
            if (!known.TryGetValue(name, out var made)) known.Add(name, made = name);
            var there = Path.Combine(to, made);
            var isLink = new FileInfo(path).LinkTarget is not null;
            if (!Directory.Exists(path)) File_(path, there, isLink);
            else if (_below && (_levels == 0 || level < _levels) && !Matches(_withoutDirectories, Path.GetFileName(path)))
            {
                if (isLink && _links) Link(path, there);
                else Walk(path, there, level + 1);
            }
        }
        if (known.Keys.Any(name => !here.ContainsKey(name))) _code |= 2;
        if (_directoryTimes) Directory.SetLastWriteTimeUtc(to, Directory.GetLastWriteTimeUtc(from));
    }

    private Dictionary<string, string> ByAnyCase(string directory)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in disk.Names(directory)) names.TryAdd(name, name);
        return names;
    }

    private void File_(string from, string to, bool isLink)
    {
        if (!Matches(_names, Path.GetFileName(from)) || Matches(_withoutFiles, Path.GetFileName(from))) return;
        var size = isLink ? 0 : new FileInfo(from).Length;
        _files[0]++;
        _bytes[0] += size;
        if (Directory.Exists(to) && new FileInfo(to).LinkTarget is null)
        {
            output.WriteLine($"\t*MISMATCH*\t\t{size}\t{Path.GetFileName(from)}");
            _files[3]++;
            _code |= 4;
        }
        else if (IsSame(from, to, isLink)) _files[2]++;
        else if (isLink && _links) Link(from, to);
        else
        {
            File.Copy(from, to, overwrite: true);
            File.SetLastWriteTimeUtc(to, File.GetLastWriteTimeUtc(from));
            Done(from, size);
        }
    }

    private void Link(string from, string to)
    {
        if (new FileInfo(to).LinkTarget == new FileInfo(from).LinkTarget) return;
        File.CreateSymbolicLink(to, new FileInfo(from).LinkTarget!);
        Done(from, 0);
    }

    private void Done(string from, long size)
    {
        copied(from);
        _files[1]++;
        _bytes[1] += size;
        _code |= 1;
    }

    private static bool IsSame(string from, string to, bool isLink) => isLink
        ? new FileInfo(to).LinkTarget == new FileInfo(from).LinkTarget
        : File.Exists(to) && new FileInfo(from).Length == new FileInfo(to).Length && File.GetLastWriteTimeUtc(from) == File.GetLastWriteTimeUtc(to);

    // *.* is every name, with a dot or without.
    private static bool Matches(IEnumerable<string> patterns, string name) => patterns.Any(pattern =>
        pattern == "*.*" || FileSystemName.MatchesWin32Expression(FileSystemName.TranslateWin32Expression(pattern), name, ignoreCase: true));

    private int Fatal(string what, string path)
    {
        output.WriteLine($"{DateTime.UtcNow.ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture)} ERROR 2 (0x00000002) {what} {path}");
        output.WriteLine("The system cannot find the file specified.");
        return 16;
    }

    private void WriteTable()
    {
        output.WriteLine("\r\n------------------------------------------------------------------------------\r\n");
        output.WriteLine("               Total    Copied   Skipped  Mismatch    FAILED    Extras");
        foreach (var (name, row) in new[] { ("Dirs", _directories), ("Files", _files), ("Bytes", _bytes) })
            output.WriteLine($"{name,8} : {string.Concat(row.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n,9} ")))}");
        output.WriteLine("   Times :   0:00:00   0:00:00                       0:00:00   0:00:00\r\n");
    }
}

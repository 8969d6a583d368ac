using System.IO.Enumeration;
using System.Text;

namespace QSplit.Testing.Windows;

/// <summary>
/// Files as cmd itself opens and deletes them. What it writes to nobody else can open for writing or delete meanwhile, in this process or another: here
/// by flock, which .NET takes for a file that is not shared. (On Windows others could still read it; no script of ours does.)
/// </summary>
internal sealed class CmdFiles(WindowsDisk disk)
{
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="IOException">Somebody has it open.</exception>
    public TextWriter Open(string path, bool append)
    {
        if (path.Equals("nul", StringComparison.OrdinalIgnoreCase)) return new StreamWriter(Stream.Null);
        var there = disk.Find(path) ?? throw new DirectoryNotFoundException(path);
        return new StreamWriter(new FileStream(there, append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None), new UTF8Encoding(false));
    }

    /// <summary>Deletes a file, or all that a pattern means.</summary>
    public void Delete(string path, TextWriter error)
    {
        var (folder, name) = (disk.Find(path[..path.LastIndexOf('\\')]), path[(path.LastIndexOf('\\') + 1)..]);
        var all = folder is null || !Directory.Exists(folder) ? [] : Directory.GetFiles(folder).Where(file => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(file))).ToList();
        if (all.Count == 0) error.WriteLine($"Could Not Find {path}");
        foreach (var file in all)
        {
            try
            {
                using (new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None)) File.Delete(file);
            }
            catch (IOException)
            {
                error.WriteLine($"{file}\r\nThe process cannot access the file because it is being used by another process.");
            }
        }
    }

    /// <summary>What of findstr scripts can need: every line of standard input, or whether a file has a line that is exactly something.</summary>
    public int FindLines(List<string> words, Stream input, TextWriter output)
    {
        if (words is ["^"])
        {
            using var text = new StreamReader(input, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
            for (var line = text.ReadLine(); line is not null; line = text.ReadLine())
            {
                // "FINDSTR: Line is too long", and it is left out.
                if (Encoding.UTF8.GetByteCount(line) <= CmdPlayer.LongestLine) output.Write(line + "\r\n");
            }
            return 0;
        }
        if (words is ["/x" or "/X", var wanted, var path] && wanted.StartsWith("/c:", StringComparison.OrdinalIgnoreCase))
            return disk.Find(path) is { } there && File.Exists(there) && File.ReadAllLines(there).Contains(wanted[3..]) ? 0 : 1;
        throw new NotSupportedException($"findstr {string.Join(' ', words)}");
    }
}

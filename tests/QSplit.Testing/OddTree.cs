using System.Text;

namespace QSplit.Testing;

/// <summary>A source with every kind of thing in it that has ever broken a copy. What needs root is left out without it.</summary>
public static class OddTree
{
    private const int LongName = 255;

    /// <summary>Names that have been taken for comments, options, patterns, escapes, ends of lines or relative paths.</summary>
    public static IReadOnlyList<byte[]> Names { get; } =
    [
        "#x"u8.ToArray(), ";x"u8.ToArray(), "-x"u8.ToArray(), "--delete"u8.ToArray(), "~"u8.ToArray(), "!x"u8.ToArray(), "+ x"u8.ToArray(), "- x"u8.ToArray(),
        "new\nline"u8.ToArray(), "\n"u8.ToArray(), "tab\tx"u8.ToArray(), "return\rx"u8.ToArray(), "ends in return\r"u8.ToArray(), "back\\slash"u8.ToArray(), "\\"u8.ToArray(),
        "\\#012"u8.ToArray(), "\\#134#012"u8.ToArray(), "\\#999"u8.ToArray(), "single'quote"u8.ToArray(), "double\"quote"u8.ToArray(), "`x`"u8.ToArray(),
        "$(x)"u8.ToArray(), "${x}"u8.ToArray(), "%s%n"u8.ToArray(), "*"u8.ToArray(), "?"u8.ToArray(), "[ab]"u8.ToArray(), "**"u8.ToArray(), "{a,b}"u8.ToArray(),
        " "u8.ToArray(), "trailing "u8.ToArray(), " leading"u8.ToArray(), ".. x"u8.ToArray(), "..."u8.ToArray(), ".x"u8.ToArray(), "..x"u8.ToArray(),
        "host:x"u8.ToArray(), "a&b|c>d<e"u8.ToArray(), "\u001b[31mred"u8.ToArray(), "\u007f"u8.ToArray(), "\u0001"u8.ToArray(),
        "Grüße 🎬 名前"u8.ToArray(), "e\u0301"u8.ToArray(), "\u00e9"u8.ToArray(), "\u0085"u8.ToArray(), "\u202egnp.exe"u8.ToArray(),
        [0xff, 0xfe], [(byte)'x', 0xe9], [0xc3], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x8e], [0xc0, 0xaf],
        Encoding.ASCII.GetBytes(new string('n', LongName)), [.. Enumerable.Repeat<byte[]>([0xc3, 0xa9], LongName / 2).SelectMany(e => e), 0xff],
    ];

    /// <summary>Makes it.</summary>
    /// <param name="directory">An existing, empty directory.</param>
    public static void Make(string directory)
    {
        var files = new ByteFiles(directory);
        var late = new List<Action>();
        Named(files);
        Links(files);
        Specials(files);
        Modes(files, late);
        Sizes(files);
        for (var (level, path) = (1, "levels"); level <= 61; path += $"/{level++}")
        {
            files.Directory(Encoding.UTF8.GetBytes(path));
            files.File(Encoding.UTF8.GetBytes(path + "/file"), Encoding.UTF8.GetBytes($"{level}"));
        }
        files.Directory("times"u8);
        // All is old: rsync compares whole seconds, and would leave alone what it makes within the second in which the source was made.
        Tool.Read("find", directory, "-exec", "touch", "-h", "-d", "@1500000000.123456789", "--", "{}", "+");
        Times(files);
        foreach (var act in late) act();
    }

    private static void Named(ByteFiles files)
    {
        files.Directory("names"u8);
        files.Directory("directories"u8);
        foreach (var name in Names)
        {
            files.File([.. "names/"u8, .. name], name);
            files.Directory([.. "directories/"u8, .. name]);
            files.File([.. "directories/"u8, .. name, .. "/file"u8], name);
        }
        foreach (var name in Names.Take(3)) files.File(name, "at the top"u8);
    }

    private static void Links(ByteFiles files)
    {
        files.Directory("links"u8);
        files.Symlink("links/live"u8, "../names/#x"u8);
        files.Symlink("links/dangling"u8, "nowhere"u8);
        files.Symlink("links/directory"u8, "../names"u8);
        files.Symlink("links/outside"u8, "/etc"u8);
        files.Symlink("links/up"u8, ".."u8);
        files.Symlink("links/self"u8, "self"u8);
        files.Symlink("links/not UTF-8 \xff"u8, [0xff, (byte)'\n', 0xfe]);
        files.Symlink("top"u8, "links"u8);
        files.Directory("links/hard"u8);
        files.File("links/hard/first"u8, "several names"u8);
        files.HardLink("links/hard/second"u8, "links/hard/first"u8);
        files.HardLink("names/third"u8, "links/hard/first"u8);
    }

    private static void Specials(ByteFiles files)
    {
        files.Directory("specials"u8);
        files.Fifo("specials/fifo"u8);
        files.Socket("specials/socket"u8);
        files.HardLink("specials/second name of fifo"u8, "specials/fifo"u8);
        if (ByteFiles.IsRoot) files.TryDevice("specials/null"u8, 1, 3);
        files.File("specials/attribute"u8, "x"u8);
        files.TryAttribute("specials/attribute"u8, "user.qsplit"u8, [1, 0, 0xff]);
    }

    // Modes that shut things come last.
    private static void Modes(ByteFiles files, List<Action> late)
    {
        files.Directory("modes"u8);
        if (ByteFiles.IsRoot)
        {
            files.File("modes/owned"u8, "by nobody here"u8);
            files.Owner("modes/owned"u8, 123456, 654321);
            files.Symlink("modes/owned link"u8, "owned"u8);
            files.Owner("modes/owned link"u8, 123457, 654322);
            files.Directory("modes/owned directory"u8);
            files.Owner("modes/owned directory"u8, 4_000_000_000, 4_000_000_001);
        }
        foreach (var mode in (int[])[0b100_111_101_101, 0b010_111_101_101, 0b110_111_111_111, 0b110_100_100, 0b100_100_100, 0b111_111_111, 0])
        {
            if (mode == 0 && !ByteFiles.IsRoot) continue;
            var path = Encoding.UTF8.GetBytes($"modes/file {Convert.ToString(mode, 8)}");
            files.File(path, "x"u8);
            files.Mode(path, mode);
        }
        foreach (var mode in (int[])[0b101_101_101, 0b111_000_000, 0b1_111_111_111, 0b10_111_101_101, 0b100_111_101_101, 0])
        {
            if (mode == 0 && !ByteFiles.IsRoot) continue;
            var path = Encoding.UTF8.GetBytes($"modes/directory {Convert.ToString(mode, 8)}");
            files.Directory(path);
            files.Directory([.. path, .. "/below"u8]);
            files.File([.. path, .. "/file"u8], "x"u8);
            files.File([.. path, .. "/below/file"u8], "x"u8);
            late.Add(() => files.Mode(path, mode));
        }
    }

    private static void Sizes(ByteFiles files)
    {
        files.Directory("sizes"u8);
        files.Directory("sizes/empty"u8);
        files.Directory("sizes/empty/empty"u8);
        files.File("sizes/nothing"u8);
        files.File("sizes/a block"u8, new byte[4096]);
        files.File("sizes/a block and a byte"u8, new byte[4097]);
        files.File("sizes/some"u8, Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 31 >> 3)).ToArray());
        files.SparseFile("sizes/sparse"u8, 64 << 20, "the end"u8);
        files.SparseFile("sizes/a hole"u8, 10_000_000);
        files.Directory("sizes/3000"u8);
        for (var i = 0; i < 3000; i++) files.File(Encoding.UTF8.GetBytes($"sizes/3000/{i}"), Encoding.UTF8.GetBytes($"{i}"));
    }

    // What is inside a directory is made before its own time is set.
    private static void Times(ByteFiles files)
    {
        (string Name, long Seconds, int Nanoseconds)[] times = [("1970", 1, 0), ("2038", 2_147_483_648, 1), ("2106", 4_294_967_296, 999_999_999), ("2200", 7_258_118_400, 123_456_789)];
        foreach (var (name, seconds, nanoseconds) in times)
        {
            var (file, link, directory) = (Encoding.UTF8.GetBytes($"times/{name}"), Encoding.UTF8.GetBytes($"times/{name} link"), Encoding.UTF8.GetBytes($"times/{name} directory"));
            files.File(file, "x"u8);
            files.Symlink(link, "1970"u8);
            files.Directory(directory);
            files.File([.. directory, .. "/file"u8], "x"u8);
            foreach (var path in (byte[][])[file, link, directory]) files.Time(path, seconds, nanoseconds);
        }
        files.Time("times"u8, 1_000_000_000, 1);
        files.Time("directories/*"u8, 1_000_000_001, 987_654_321);
        files.Time("levels/1/2/3"u8, 1_000_000_002, 500);
    }
}

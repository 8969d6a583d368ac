using QSplit.Trees;

namespace QSplit.Testing;

/// <summary>What people and programs do to a tree while a migration goes on, by chance: the same for the same seed.</summary>
public sealed class History
{
    private const int Plain = 12;
    private const int Wilder = 26;

    private readonly string _root;
    private readonly Random _random;
    private readonly ByteFiles _tree;
    private readonly Lazy<HistoryNames> _names;
    private readonly List<(EntryPath From, EntryPath To)> _away = [];
    private List<ByteEntry> _listed = [];
    private int _since;

    public History(string root, int seed)
    {
        (_root, _random, _tree) = (root, new Random(seed), new ByteFiles(root));
        _names = new(() => new(_random, IsWild, AnyBytes));
    }

    /// <summary>The name of a directory right below the root that nobody changes; null where there is none.</summary>
    public string? Sparing { get; init; }

    /// <summary>Odd names, links, pipes, swaps, times of before, and directories that go and come back.</summary>
    public bool IsWild { get; init; }

    /// <summary>With those: names that are not UTF-8.</summary>
    public bool AnyBytes { get; init; }

    /// <summary>With those: files of several names.</summary>
    public bool HardLinks { get; init; }

    /// <summary>How many changes a look at the tree is good for; more are quicker on a large one, and some of them come to nothing.</summary>
    public int Glance { get; init; } = 1;

    /// <summary>What was done, for a person who looks for the reason of a failure.</summary>
    public List<string> Done { get; } = [];

    /// <summary>Some changes, one after another.</summary>
    public void Change(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (_since == 0) _listed = [.. ByteListing.Of(_root).Where(entry => Sparing is null || !entry.Path.IsWithin(EntryPath.Parse(Sparing)))];
            _since = (_since + 1) % Glance;
            try
            {
                Change();
            }
            catch (IOException) when (Glance > 1)
            {
                // It was changed since it was looked at.
            }
        }
    }

    private void Change()
    {
        var (files, directories) = (All(EntryKind.File), All(EntryKind.Directory));
        var directory = directories.Length == 0 || _random.Next(6) == 0 ? EntryPath.Root : Any(directories).Path;
        switch (_random.Next(IsWild ? Wilder : Plain))
        {
            case 0 or 1:
                Write(New(directory));
                break;
            case 2 when files.Length > 0:
                SameSizeSameSecond(Any(files));
                break;
            case 3 when files.Length > 0:
                Append(Any(files).Path);
                break;
            case 4 when files.Length > 0:
                Remove(Any(files).Path);
                break;
            case 5 when files.Length > 0:
                Move(Any(files).Path, New(directory));
                break;
            case 6 when directories.Length > 0:
                MoveDirectory(Any(directories).Path, directory);
                break;
            case 7 when directories.Length > 4:
                Clear(Any(directories).Path);
                break;
            case 8:
                var made = Make(New(directory));
                if (_random.Next(2) == 0) Write(New(made));
                break;
            case 9 when files.Length > 0:
                Mode(Any(files).Path, _random.Next(2) == 0 ? 0b110_000_000 : 0b110_100_000);
                break;
            case 10 when files.Length > 0:
                // What was a file is a directory, or the other way round.
                var file = Any(files).Path;
                Remove(file);
                Write(New(Make(file)));
                break;
            case 11 when directories.Length > 4:
                var gone = Any(directories).Path;
                Clear(gone);
                if (_random.Next(2) == 0) Write(gone);
                else Link(gone, "nowhere"u8);
                break;
            case 12 when files.Length > 1:
                // In the place of another.
                var (replacing, replaced) = (Any(files).Path, Any(files).Path);
                if (replacing != replaced) Move(replacing, replaced);
                break;
            case 13 when files.Length > 1:
                Swap(Any(files).Path, Any(files).Path);
                break;
            case 14 when directories.Length > 1:
                Swap(Any(directories).Path, Any(directories).Path);
                break;
            case 15 when directories.Length > 0:
                var (from, to) = (Any(directories).Path, New(EntryPath.Root));
                Move(from, to);
                _away.Add((from, to));
                break;
            case 16 when _away.Count > 0:
                ComeBack(directories);
                break;
            case 17:
                Link(New(directory), files.Length > 0 && _random.Next(2) == 0 ? Any(files).Path.Name : ".."u8);
                break;
            case 18 when All(EntryKind.Symlink) is { Length: > 0 } links:
                var link = Any(links).Path;
                Remove(link);
                if (_random.Next(3) > 0) Link(link, [.. "else"u8, (byte)('0' + _random.Next(10))]);
                else Write(New(Make(link)));
                break;
            case 19 when files.Length > 0 && HardLinks:
                var (existing, another) = (Any(files).Path, New(directory));
                _tree.HardLink(another.Bytes, existing.Bytes);
                Note("link", existing, another);
                break;
            case 20 when directories.Length > 0:
                Mode(Any(directories).Path, _random.Next(3) switch { 0 => 0b111_000_000, 1 => 0b111_101_000, _ => 0b1_111_111_111 });
                break;
            case 21 when _listed.Count > 0:
                var dated = Any(_listed).Path;
                _tree.Time(dated.Bytes, 1_000_000_000 + _random.Next(500_000_000), _random.Next(1_000_000_000));
                Note("time", dated);
                break;
            case 22 when files.Length > 0:
                // The same again, in another inode.
                var again = Any(files).Path;
                var content = _tree.Read(again.Bytes);
                Remove(again);
                _tree.File(again.Bytes, content);
                Note("again", again);
                break;
            case 23 when files.Length > 0:
                // Twice, and back to the size that it had.
                var twice = Any(files);
                Append(twice.Path);
                _tree.File(twice.Path.Bytes, Content((int)twice.Size));
                Note("twice", twice.Path);
                break;
            case 24 when directories.Length > 0:
                // A directory, a file, and a directory again.
                var flips = Any(directories).Path;
                Clear(flips);
                Write(flips);
                Remove(flips);
                Write(New(Make(flips)));
                break;
            case 25:
                var pipe = New(directory);
                _tree.Fifo(pipe.Bytes);
                Note("pipe", pipe);
                break;
        }
    }

    // What the quick check of whole seconds does not see.
    private void SameSizeSameSecond(ByteEntry file)
    {
        if (file.Size == 0) return;
        var content = _tree.Read(file.Path.Bytes);
        content[0] ^= 1;
        _tree.File(file.Path.Bytes, content);
        _tree.Time(file.Path.Bytes, file.Seconds, (file.Nanoseconds + _random.Next(1, 1_000_000_000)) % 1_000_000_000);
        Note("same size, same second", file.Path);
    }

    private void MoveDirectory(EntryPath moved, EntryPath into)
    {
        if (!into.IsWithin(moved)) Move(moved, New(into));
    }

    private void Swap(EntryPath one, EntryPath other)
    {
        if (one.IsWithin(other) || other.IsWithin(one)) return;
        var between = New(EntryPath.Root);
        Move(one, between);
        Move(other, one);
        Move(between, other);
    }

    private void ComeBack(ByteEntry[] directories)
    {
        var (from, to) = _away[_random.Next(_away.Count)];
        _away.Remove((from, to));
        if (directories.Any(entry => entry.Path == to) && (from.Parent.IsRoot || directories.Any(entry => entry.Path == from.Parent)) && _listed.All(entry => entry.Path != from) && !from.IsWithin(to)) Move(to, from);
    }

    private void Clear(EntryPath directory)
    {
        foreach (var entry in ByteListing.Of(_root).Where(entry => entry.Path.IsWithin(directory)).Reverse())
        {
            if (entry.Kind == EntryKind.Directory) _tree.RemoveDirectory(entry.Path.Bytes);
            else _tree.Remove(entry.Path.Bytes);
        }
        Note("clear", directory);
    }

    private void Append(EntryPath file)
    {
        _tree.File(file.Bytes, [.. _tree.Read(file.Bytes), .. Content()]);
        Note("append", file);
    }

    private void Write(EntryPath file)
    {
        _tree.File(file.Bytes, Content());
        Note("write", file);
    }

    private EntryPath Make(EntryPath directory)
    {
        _tree.Directory(directory.Bytes);
        Note("make", directory);
        return directory;
    }

    private void Link(EntryPath link, ReadOnlySpan<byte> target)
    {
        _tree.Symlink(link.Bytes, target);
        Note("symlink", link);
    }

    private void Move(EntryPath from, EntryPath to)
    {
        _tree.Rename(from.Bytes, to.Bytes);
        Note("move", from, to);
    }

    private void Remove(EntryPath file)
    {
        _tree.Remove(file.Bytes);
        Note("remove", file);
    }

    private void Mode(EntryPath path, int mode)
    {
        _tree.Mode(path.Bytes, mode);
        Note("mode", path);
    }

    private void Note(string what, params IEnumerable<EntryPath> paths) => Done.Add($"{what} {string.Join(" -> ", paths)}");

    private ByteEntry[] All(EntryKind kind) => [.. _listed.Where(entry => entry.Kind == kind)];

    private ByteEntry Any(IReadOnlyList<ByteEntry> all) => all[_random.Next(all.Count)];

    private EntryPath New(EntryPath directory) => directory.Combine(_names.Value.Next());

    private byte[] Content() => Content(_random.Next(3) == 0 ? 0 : _random.Next(1, 3000));

    private byte[] Content(int size)
    {
        var content = new byte[size];
        _random.NextBytes(content);
        return content;
    }
}

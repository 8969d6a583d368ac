using System.Globalization;

namespace QSplit.Testing;

/// <summary>What people and programs do to a tree while a migration goes on, by chance: the same for the same seed.</summary>
public sealed class History(string root, int seed)
{
    private readonly Random _random = new(seed);
    private int _names;

    /// <summary>The name of a directory right below the root that nobody changes; null where there is none.</summary>
    public string? Sparing { get; init; }

    /// <summary>Some changes, one after another.</summary>
    public void Change(int count)
    {
        for (var i = 0; i < count; i++) Change();
    }

    private void Change()
    {
        var (files, directories) = (All("f"), All("d"));
        var directory = Path.Combine(root, directories.Length == 0 || _random.Next(6) == 0 ? "" : Any(directories));
        switch (_random.Next(12))
        {
            case 0 or 1:
                File.WriteAllText(Path.Combine(directory, NewName()), Content());
                break;
            case 2 when files.Length > 0:
                SameSizeSameSecond(Path.Combine(root, Any(files)));
                break;
            case 3 when files.Length > 0:
                File.AppendAllText(Path.Combine(root, Any(files)), Content());
                break;
            case 4 when files.Length > 0:
                File.Delete(Path.Combine(root, Any(files)));
                break;
            case 5 when files.Length > 0:
                File.Move(Path.Combine(root, Any(files)), Path.Combine(directory, NewName()));
                break;
            case 6 when directories.Length > 0:
                var moved = Any(directories);
                if (!$"{directory}/".StartsWith($"{Path.Combine(root, moved)}/", StringComparison.Ordinal)) Directory.Move(Path.Combine(root, moved), Path.Combine(directory, NewName()));
                break;
            case 7 when directories.Length > 4:
                Directory.Delete(Path.Combine(root, Any(directories)), recursive: true);
                break;
            case 8:
                var made = Directory.CreateDirectory(Path.Combine(directory, NewName()));
                if (_random.Next(2) == 0) File.WriteAllText(Path.Combine(made.FullName, NewName()), Content());
                break;
            case 9 when files.Length > 0:
                Tool.Read("chmod", _random.Next(2) == 0 ? "0600" : "0640", Path.Combine(root, Any(files)));
                break;
            case 10 when files.Length > 0:
                // What was a file is a directory, or the other way round.
                var file = Path.Combine(root, Any(files));
                File.Delete(file);
                Directory.CreateDirectory(file);
                File.WriteAllText(Path.Combine(file, NewName()), Content());
                break;
            case 11 when directories.Length > 4:
                var gone = Path.Combine(root, Any(directories));
                Directory.Delete(gone, recursive: true);
                if (_random.Next(2) == 0) File.WriteAllText(gone, Content());
                else File.CreateSymbolicLink(gone, "nowhere");
                break;
        }
    }

    // What the quick check of whole seconds does not see.
    private static void SameSizeSameSecond(string file)
    {
        if (new FileInfo(file).Length == 0) return;
        var time = Tool.Read("stat", "-c", "%Y", file).Trim();
        var content = File.ReadAllBytes(file);
        content[0] ^= 1;
        File.WriteAllBytes(file, content);
        Tool.Read("touch", "-d", $"@{time}.{Random.Shared.Next(100_000_000, 999_999_999).ToString(CultureInfo.InvariantCulture)}", file);
    }

    private string[] All(string type) => [.. Tool.Read("find", root, "-mindepth", "1", "-type", type, "-printf", "%P\\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(name => Sparing is null || !(name + "/").StartsWith(Sparing + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private string Any(string[] all) => all[_random.Next(all.Length)];

    private string NewName() => $"{(char)('a' + _random.Next(26))}{++_names}";

    private string Content() => new('x', _random.Next(3) == 0 ? 0 : _random.Next(1, 3000));
}

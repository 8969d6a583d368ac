using System.Globalization;
using System.Text.Json;
using QSplit.Trees;

namespace QSplit.Verifications;

/// <summary>
/// A file of differences: a line each, of kind, <c>d</c> for a directory or <c>-</c>, logical bytes on the source, and the path as <see cref="EntryPath.ToString"/>
/// has it, with tabs between them: <c>content	-	4096	./a/b.wav</c>.
/// </summary>
internal static class DifferenceList
{
    /// <summary>With its end.</summary>
    public static string Line(EntryDifference difference) => string.Create(
        CultureInfo.InvariantCulture,
        $"{JsonNamingPolicy.CamelCase.ConvertName(difference.Kind.ToString())}\t{(difference.IsDirectory ? 'd' : '-')}\t{difference.Size}\t{difference.Path}\n");

    /// <summary>All of a file, one after another.</summary>
    /// <exception cref="StorageException">It cannot be read, or something in it is no difference.</exception>
    public static IEnumerable<EntryDifference> Read(string file)
    {
        var at = 0;
        foreach (var line in Lines(file))
        {
            at++;
            yield return Parse(line) ?? throw new StorageException($"{file}, line {at} is no difference: '{line}'. Verify again: --target=Verify --fresh");
        }
    }

    private static EntryDifference? Parse(string line)
    {
        if (line.Split('\t', 4) is not [var kind, var type, var size, var path]) return null;
        if (!Enum.TryParse<DifferenceKind>(kind, ignoreCase: true, out var parsed) || type is not ("d" or "-") || !long.TryParse(size, CultureInfo.InvariantCulture, out var bytes)) return null;
        try
        {
            return new(parsed, type == "d", bytes, EntryPath.Parse(path));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Lines(string file)
    {
        try
        {
            return File.ReadLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{file} cannot be read: {e.Message}", e);
        }
    }
}

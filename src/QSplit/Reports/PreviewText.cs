using System.Collections.Immutable;
using QSplit.Transfers;

namespace QSplit.Reports;

/// <summary>What a dry run found, in words and figures: pure.</summary>
public static class PreviewText
{
    private const int MostRows = 40;
    private const int MostNames = 5;

    /// <summary>A name and a value for each kind of change; deletes only where there are some.</summary>
    internal static ImmutableArray<(string Name, string Value)> Rows(Preview preview) =>
    [
        ("Would create", $"{Humane.Count(Entries(preview, ChangeKind.Create), "entry", "entries")}"),
        ("Would update", $"{Humane.Count(Entries(preview, ChangeKind.Update), "entry", "entries")}"),
        ("Would set attributes of", $"{Humane.Count(Entries(preview, ChangeKind.Attributes), "entry", "entries")}"),
        .. Entries(preview, ChangeKind.Delete) is > 0 and var deletes ? [("Would delete at a cutover", Humane.Count(deletes, "entry", "entries"))] : ImmutableArray<(string, string)>.Empty,
        ("Would copy", $"{Humane.Bytes(preview.Parts.Sum(part => part.Bytes))} in {Humane.Count(preview.Parts.Sum(part => part.Files), "file", "files")}"),
    ];

    /// <summary>The lines: a row for each kind of change in each top directory, then the first names of each kind.</summary>
    public static ImmutableArray<string> Lines(Preview preview) => preview.IsNothing ? [] :
    [
        "",
        .. Table(preview).Cut(MostRows).Lines(),
        .. Enum.GetValues<ChangeKind>().SelectMany(kind => Names(preview, kind)),
    ];

    /// <summary>What would become of the entries below each top directory.</summary>
    internal static TextTable Table(Preview preview) => new(
        ["directory", "change", "entries ", "files ", "size "],
        [
            .. preview.Parts.Select(part => ImmutableArray.Create(
                part.Top,
                Word(part.Kind),
                Humane.Count(part.Entries),
                part.Files > 0 ? Humane.Count(part.Files) : "",
                part.Files > 0 ? Humane.Bytes(part.Bytes) : "")),
        ]);

    /// <summary>The kind as a verb: <c>create</c>.</summary>
    internal static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "create",
        ChangeKind.Update => "update",
        ChangeKind.Attributes => "set attributes",
        _ => "delete",
    };

    private static IEnumerable<string> Names(Preview preview, ChangeKind kind)
    {
        var names = preview.Parts.Where(part => part.Kind == kind).SelectMany(part => part.First).Take(MostNames).ToList();
        if (names.Count == 0) yield break;
        var more = Entries(preview, kind) - names.Count;
        yield return $"To {Word(kind)}: {string.Join(", ", names)}{(more > 0 ? $" and {Humane.Count(more)} more" : "")}";
    }

    private static long Entries(Preview preview, ChangeKind kind) => preview.Parts.Where(part => part.Kind == kind).Sum(part => part.Entries);
}

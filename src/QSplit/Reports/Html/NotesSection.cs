using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>What reading the tree found and a person should know: what was left out and why, and what could not be read.</summary>
internal static class NotesSection
{
    private static readonly HtmlTable Rows = new([new("What"), new("Where", "wide"), new("Note", "wide")], "note", "notes", Shown: 15, IsStacked: true);

    public static Markup Of(ReportPlan plan)
    {
        if (plan.Notes.IsDefaultOrEmpty) return Markup.Nothing;
        var notes = plan.Notes.OrderBy(note => note.Kind != "unreadable").ToImmutableArray();
        return Section.Of("notes", "Notes", Markup.Nothing, Rows.Of(notes, (note, _) => Cells(note)));
    }

    private static ImmutableArray<Markup> Cells(ReportNote note) =>
    [
        note.Kind == "unreadable" ? Icons.Badge("failed", Markup.Of($"{Words(note.Kind)}")) : Markup.Of($"{Words(note.Kind)}"),
        NameMarkup.Path(note.Path),
        Markup.Of($"<bdi>{note.Text}</bdi>"),
    ];

    private static string Words(string kind) => kind switch
    {
        "unreadable" => "not readable",
        "leftOut" => "left out",
        "hardLinks" => "hard links",
        "sparse" => "sparse files",
        "keptWhole" => "kept whole",
        "caseClash" => "same name",
        "otherFileSystem" => "other file system",
        "tooLong" => "path too long",
        "lineBreak" => "line break in a name",
        "vanished" => "vanished",
        _ => kind,
    };
}

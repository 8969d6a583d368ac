using System.Collections.Immutable;
using QSplit.Deletions;

namespace QSplit.Reports.Files;

/// <summary><c>deletes.md</c>: what is only on the target, for people to review, the largest first; pure.</summary>
internal static class DeletionMarkdown
{
    private const int Most = 1000;

    public static string Write(DeletionList list)
    {
        var page = new MarkdownPage();
        page.Line($"# Only on the target of migration {Markdown.Text(list.Migration)}").Line();
        if (list.Withheld is { } why) page.Line($"**Not to be deleted by this list.** {Markdown.Text(why)}").Line();
        page.Line(list.Items.IsEmpty ? $"Nothing, as run {Markdown.Code(list.Run)} found." : $"Found by run {Markdown.Code(list.Run)}: {Humane.Count(list.Entries, "entry", "entries")} in {Humane.Count(list.Items.Length, "place", "places")}{(list.Bytes is { } bytes ? $", {Humane.Bytes(bytes)}" : "")}. A directory is meant with all below it.").Line();
        if (list.Items.IsEmpty) return page.ToString();
        page.Table(
            ["entry", "entries ", "size ", "why"],
            list.Items.OrderByDescending(item => item.Bytes).ThenByDescending(item => item.Entries).ThenBy(item => item.Path).Select(item => ImmutableArray.Create(
                $"{item.Path}{(item.IsDirectory ? "/" : "")}", Humane.Count(item.Entries), item.Bytes is { } size ? Humane.Bytes(size) : "-", item.GivesWay ? "in the place of what is copied" : "not on the source")),
            Most);
        return page.ToString();
    }
}

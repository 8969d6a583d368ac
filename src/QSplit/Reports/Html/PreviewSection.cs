using System.Collections.Immutable;
using QSplit.Transfers;

namespace QSplit.Reports.Html;

/// <summary>What a dry run found that a run would do, by top directory, with the first names.</summary>
internal static class PreviewSection
{
    private const int MostNames = 10;

    private static readonly ImmutableArray<(ChangeKind Kind, string Heading)> Kinds =
        [(ChangeKind.Create, "New"), (ChangeKind.Update, "Updated"), (ChangeKind.Attributes, "Attributes only"), (ChangeKind.Delete, "Deleted")];

    private static readonly HtmlTable BucketTable = new(
        [new("Bucket", "n"), new("New", "n"), new("Updated", "n"), new("Attributes only", "n"), new("Deleted", "n"), new("Files", "n"), new("To be copied", "n")],
        "bucket",
        "buckets",
        Shown: 0);

    public static Markup Of(ReportPreview? preview)
    {
        if (preview is null) return Markup.Nothing;
        return Section.Of("preview", "What a run would do", Lead(preview), preview.Directories.IsDefaultOrEmpty && preview.Buckets.IsDefaultOrEmpty ? Markup.Nothing : Markup.Of($"""
            {Directories(preview)}{(preview.Buckets.IsDefaultOrEmpty ? Markup.Nothing : Markup.Of($"<h3>By bucket</h3>{BucketTable.Of(preview.Buckets, Bucket)}"))}
            """));
    }

    private static Markup Lead(ReportPreview preview) => preview.Directories.IsDefaultOrEmpty
        ? Markup.Of($"Nothing: the target is as the source.{(preview.WithDeletes ? "" : " What is only on the target was not asked for.")}")
        : Markup.Of($"By directory right below the source; nothing was written.{(preview.WithDeletes ? "" : " What would be deleted was not asked for.")}");

    private static Markup Directories(ReportPreview preview)
    {
        if (preview.Directories.IsDefaultOrEmpty) return Markup.Nothing;
        var kinds = Kinds.Where(kind => kind.Kind != ChangeKind.Delete || preview.WithDeletes).ToImmutableArray();
        var table = new HtmlTable([new("Directory"), .. kinds.Select(kind => new HtmlColumn(kind.Heading, "n")), new("To be copied", "n"), new("First names", "wide")], "directory", "directories", Shown: 40);
        var tops = preview.Directories.Select((part, index) => (Part: part, Index: index)).GroupBy(item => item.Part.Top);
        return table.Of([.. tops], (top, _) => Top(kinds, top.Key, [.. top]));
    }

    private static ImmutableArray<Markup> Top(ImmutableArray<(ChangeKind Kind, string Heading)> kinds, string top, ImmutableArray<(PreviewPart Part, int Index)> parts) =>
    [
        NameMarkup.Path(top),
        .. kinds.Select(kind => Markup.Join(parts.Where(item => item.Part.Kind == kind.Kind).Select(item => Figure.Count($"preview.directories[{item.Index}].entries", item.Part.Entries)))),
        Markup.Of($"{(parts.Sum(item => item.Part.Bytes) is > 0 and var bytes ? Humane.Bytes(bytes) : "")}"),
        Firsts(parts),
    ];

    private static Markup Firsts(ImmutableArray<(PreviewPart Part, int Index)> parts)
    {
        var kinds = parts.Where(item => !item.Part.First.IsDefaultOrEmpty).Select(item => item.Part).ToArray();
        return kinds.Length == 0 ? Markup.Nothing : Markup.Of($"""
            <details class="names"><summary>{NameMarkup.Path(kinds[0].First[0])}</summary><ul>{kinds.SelectMany(part => part.First.Take(MostNames).Select(name => Markup.Of($"<li><i class=\"change\">{Word(part.Kind)}</i> {NameMarkup.Path(name)}</li>")))}</ul></details>
            """);
    }

    private static string Word(ChangeKind kind) => kind switch { ChangeKind.Create => "new", ChangeKind.Update => "updated", ChangeKind.Attributes => "attributes", _ => "deleted" };

    private static ImmutableArray<Markup> Bucket(ReportBucketPreview bucket, int index)
    {
        var path = $"preview.buckets[{index}]";
        return
        [
            bucket.Bucket is { } number ? Figure.Of($"{path}.bucket", number, $"{number}") : Markup.Of($"levels"),
            Figure.Count($"{path}.create", bucket.Create),
            Figure.Count($"{path}.update", bucket.Update),
            Figure.Count($"{path}.attributes", bucket.Attributes),
            Figure.Count($"{path}.delete", bucket.Delete),
            Figure.Count($"{path}.files", bucket.Files),
            Figure.Bytes($"{path}.bytes", bucket.Bytes),
        ];
    }
}

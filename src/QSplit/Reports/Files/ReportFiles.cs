using System.Text;
using QSplit.Reports.Html;

namespace QSplit.Reports.Files;

/// <summary>A report in all its kinds, in the folder of its run or plan.</summary>
internal static class ReportFiles
{
    public const string JsonName = "report.json";

    /// <summary>File names and what writes each, in the order in which they are told to the user.</summary>
    private static readonly (string Name, Func<ReportDocument, string> Write)[] Kinds =
    [
        ("report.md", ReportMarkdown.Write),
        ("report.html", ReportHtml.Write),
        (JsonName, ReportJson.Write),
        ("report.junit.xml", ReportJUnit.Write),
    ];

    /// <summary>Writes all of them; each is there as a whole, or as it was before.</summary>
    /// <returns>Where they are.</returns>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder, ReportDocument report)
    {
        try
        {
            return [.. Kinds.Select(kind => Put(Path.Combine(folder, kind.Name), kind.Write(report)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"The report of {report.Status.Run ?? $"the plan of {report.Status.Migration}"} cannot be written to {folder}: {e.Message} Free some room or mend the permissions there, then make it again: --target=Report{(report.Status.Run is { } run ? $" --run={run}" : "")}",
                e);
        }
    }

    private static string Put(string path, string text)
    {
        // Another controller may write the same report: a name of its own for each.
        var unfinished = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            File.WriteAllText(unfinished, text, new UTF8Encoding(false));
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
        return path;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace QSplit.Runs;

/// <summary>Where the runs of a manifest live: <c>artifacts/qsplit.db</c> and <c>artifacts/runs/</c> beside it.</summary>
/// <param name="ManifestDirectory">The manifest's directory, in full.</param>
public sealed partial record RunFolders(string ManifestDirectory)
{
    public string Store => Path.Combine(ManifestDirectory, "artifacts", "qsplit.db");

    /// <summary>All runs and plans of a migration, each in a folder named for its stamp.</summary>
    public string OfMigration(string migration) => Path.Combine(ManifestDirectory, "artifacts", "runs", migration);

    /// <summary>A run's folder, by its id.</summary>
    public string OfRun(string run) => Path.Combine(ManifestDirectory, "artifacts", "runs", run);

    /// <summary>The ids of all runs and plans of a migration that lie here, the newest first.</summary>
    public IReadOnlyList<string> RunsOf(string migration) => Found(migration, Stamped());

    /// <summary>The evidence folder of a migration's last cutover that has one; null where none has.</summary>
    public string? LastEvidenceOf(string migration) =>
        Found(migration, Cutover()).Select(run => Path.Combine(OfRun(run), "evidence")).FirstOrDefault(Directory.Exists);

    private IReadOnlyList<string> Found(string migration, Regex named)
    {
        var all = OfMigration(migration);
        return !Directory.Exists(all) ? [] :
        [
            .. Directory.EnumerateDirectories(all).Select(folder => named.Match(Path.GetFileName(folder))).Where(match => match.Success)
                .OrderByDescending(match => match.Groups["stamp"].Value, StringComparer.Ordinal)
                .ThenByDescending(match => match.Groups["n"].Length == 0 ? 1 : int.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture))
                .Select(match => $"{migration}/{match.Value}"),
        ];
    }

    /// <summary>Makes a folder for a new plan; a second one within the same minute gets <c>-2</c> behind its stamp, and so on.</summary>
    /// <returns>The id of the run that may come of it: <c>music/202611221730</c>.</returns>
    public string MakeNew(string migration, string stamp)
    {
        // Renamed into place with something in it: of two programs that plan at once, one finds the name taken.
        var made = Directory.CreateDirectory(Path.Combine(OfMigration(migration), $".new-{Guid.NewGuid():N}"));
        made.CreateSubdirectory("logs");
        for (var n = 1; ; n++)
        {
            var run = $"{migration}/{stamp}{(n == 1 ? "" : $"-{n}")}";
            try
            {
                made.MoveTo(OfRun(run));
                return run;
            }
            catch (IOException) when (Directory.Exists(OfRun(run)))
            {
                // Taken.
            }
        }
    }

    [GeneratedRegex(@"^(?<stamp>\d{12})(-(?<n>\d{1,6}))?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Stamped();

    [GeneratedRegex(@"^(?<stamp>\d{12})(-(?<n>\d{1,6}))?-cutover\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Cutover();
}

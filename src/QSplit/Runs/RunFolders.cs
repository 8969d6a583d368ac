using System.Globalization;
using System.Text.RegularExpressions;

namespace QSplit.Runs;

/// <summary>Where the runs of a manifest live: <c>artifacts/qsplit.db</c> and <c>artifacts/runs/</c> beside it.</summary>
/// <param name="ManifestDirectory">The manifest's directory, in full.</param>
public sealed partial record RunFolders(string ManifestDirectory)
{
    private const string Cutover = "-cutover";

    public string Store => Path.Combine(ManifestDirectory, "artifacts", "qsplit.db");

    /// <summary>All runs and plans of a migration, each in a folder named for its stamp.</summary>
    public string OfMigration(string migration) => Path.Combine(ManifestDirectory, "artifacts", "runs", migration);

    /// <summary>A run's folder, by its id.</summary>
    public string OfRun(string run) => Path.Combine(ManifestDirectory, "artifacts", "runs", run);

    /// <summary>The ids of all runs and plans of a migration that lie here, the newest first.</summary>
    public IReadOnlyList<string> RunsOf(string migration) => Named(migration, "");

    /// <summary>The evidence folder of a migration's last cutover that has one; null where none has.</summary>
    public string? LastEvidenceOf(string migration) => CutoversOf(migration).Select(EvidenceOf).FirstOrDefault(Directory.Exists);

    /// <summary>Where the evidence of a cutover lies once it is signed off.</summary>
    internal string EvidenceOf(string cutover) => Path.Combine(OfRun(cutover), "evidence");

    private List<string> Named(string migration, string suffix)
    {
        var all = OfMigration(migration);
        return !Directory.Exists(all) ? [] :
        [
            .. Directory.EnumerateDirectories(all).Select(folder => Stamped().Match(Path.GetFileName(folder))).Where(match => match.Success && match.Groups["suffix"].Value == suffix)
                .OrderByDescending(match => match.Groups["stamp"].Value, StringComparer.Ordinal)
                .ThenByDescending(match => match.Groups["n"].Length == 0 ? 1 : int.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture))
                .Select(match => $"{migration}/{match.Value}"),
        ];
    }

    /// <summary>The ids of all cutovers of a migration that lie here, the newest first.</summary>
    internal IReadOnlyList<string> CutoversOf(string migration) => Named(migration, Cutover);

    /// <summary>Makes a folder for a new plan; a second one within the same minute gets <c>-2</c> behind its stamp, and so on.</summary>
    /// <returns>The id of the run that may come of it: <c>music/202611221730</c>.</returns>
    public string MakeNew(string migration, string stamp) => MakeNew(migration, stamp, "");

    /// <summary>The same for a cutover.</summary>
    /// <returns>Its id: <c>music/202611221730-cutover</c>.</returns>
    internal string MakeNewCutover(string migration, string stamp) => MakeNew(migration, stamp, Cutover);

    private string MakeNew(string migration, string stamp, string suffix)
    {
        // Renamed into place with something in it: of two programs that plan at once, one finds the name taken.
        var made = Directory.CreateDirectory(Path.Combine(OfMigration(migration), $".new-{Guid.NewGuid():N}"));
        made.CreateSubdirectory("logs");
        for (var n = 1; ; n++)
        {
            var run = $"{migration}/{stamp}{(n == 1 ? "" : $"-{n}")}{suffix}";
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

    [GeneratedRegex(@"^(?<stamp>\d{12})(-(?<n>\d{1,6}))?(?<suffix>-cutover)?\z", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Stamped();
}

using System.Collections.Immutable;
using QSplit.Runs;

namespace QSplit.Reports;

/// <summary>A run in one line.</summary>
/// <param name="Status">Where it stands; its plan was not read.</param>
/// <param name="Heard">When something happened in it last.</param>
public sealed record PastRun(RunStatus Status, DateTimeOffset Heard)
{
    private const int MostWords = 100;

    /// <summary>A head and a line a run, in columns; nothing without runs.</summary>
    public static ImmutableArray<string> Lines(ImmutableArray<PastRun> runs) => runs.IsEmpty ? [] :
    [
        "",
        .. new TextTable(
            ["last runs", "done ", "when", "state"],
            [.. runs.Select(run => ImmutableArray.Create(run.Status.Run!, run.Percent, $"{run.Heard:yyyy-MM-dd HH:mm} UTC", run.Words))]).Lines().Select(line => $"  {line}"),
    ];

    private string Percent => ProgressText.Percent(
        Status.State == RunStanding.Finished ? 1 : ProgressSnapshot.Share(Status.BytesDone ?? 0, Status.BytesTotal ?? 0, Status.Buckets.Done, Status.Buckets.Total));

    private string Words
    {
        get
        {
            var line = (Status.Mode is null or RunMode.Copy ? "" : $"{ModeWord.Of(Status.Mode)}, ") + Status.Words.ReplaceLineEndings(" ");
            return line.Length <= MostWords ? line : $"{line[..MostWords]}...";
        }
    }
}

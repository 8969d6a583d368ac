using System.Collections.Immutable;
using QSplit.Cutovers;
using QSplit.Reports;

namespace QSplit.Stages;

/// <summary>Shows how far a cutover is: the checklist on the console and in the report of the cutover.</summary>
internal static class ShowCutover
{
    public static void Run(OpenCutover open, Surroundings around)
    {
        around.View.Say($"{open.Job.Migration.Name}: cutover {open.Record.Id}");
        foreach (var line in CutoverText.Lines(ReportOf(open).Steps)) around.View.Say(line);
        WriteReport.OfCutover(open, around);
    }

    public static CutoverSummary SummaryOf(OpenCutover open) => new(open.Job.Migration.Name, ReportOf(open), open.Folder, open.Stop, open.Job.Command) { WasSignedOff = open.WasSignedOff };

    public static ReportCutover ReportOf(OpenCutover open)
    {
        var (record, found) = (open.Record, open.Found);
        ImmutableArray<CutoverItem> steps = Checklist.Of(record, open.Progress, open.Job.Migration, found, found is null ? null : open.ToDelete(found), open.IsCovered);
        return new(record.Id, record.Began, steps, record.SignedOff?.Digest, record.SignedOff?.Key, [.. record.Accepted.Select(a => new ReportAcceptance(a.What, a.Run, a.Reason, a.By, a.At))]);
    }
}

using System.Collections.Immutable;

namespace QSplit.Reports;

/// <summary>The passes of a migration in lines: pure.</summary>
internal static class PassText
{
    private const int Most = 10;

    /// <summary>The last passes, and how long a cutover would take now; nothing before there are two.</summary>
    public static ImmutableArray<string> Lines(ReportDocument report) => report.Passes.Length < 2 ? [] :
    [
        .. Table(report.Passes, Most).Lines(),
        .. report.CutoverSeconds is { } seconds ? [Estimate(seconds)] : ImmutableArray<string>.Empty,
    ];

    internal static TextTable Table(ImmutableArray<ReportPass> passes, int most) => new(
        ["pass ", "run", "took ", "files ", "size ", "new ", "deleted "],
        [
            .. passes.Index().Skip(Math.Max(0, passes.Length - most)).Select(pass => ImmutableArray.Create(
                $"{pass.Index + 1}",
                pass.Item.Run,
                Humane.Duration(TimeSpan.FromSeconds(pass.Item.Seconds)),
                Humane.Count(pass.Item.Files),
                Humane.Bytes(pass.Item.MovedBytes),
                Humane.Count(pass.Item.Created),
                Humane.Count(pass.Item.Deleted))),
        ]);

    internal static string Estimate(double seconds) => $"The last pass of a cutover would take about {Humane.Duration(TimeSpan.FromSeconds(seconds))} if it began now; its verification comes on top, and before that a look over the whole target where the pass goes by differences.";
}

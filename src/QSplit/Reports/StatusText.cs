using System.Collections.Immutable;

namespace QSplit.Reports;

/// <summary>The status of a run in lines: pure.</summary>
public static class StatusText
{
    private const int Most = 40;

    /// <summary>The head of a block, and below it, each further in: how far it is, what runs where, which hosts are set aside, what failed, how to go on.</summary>
    public static ImmutableArray<string> Lines(RunStatus status) =>
    [
        Head(status),
        .. new[]
        {
            status.Run is null ? [] : [Summary(status)],
            Cut(Table(status.Rows)),
            Cut([.. status.Hosts.Select(host => ProgressText.Unusual(host, status.At)).OfType<string>()]),
            Cut([.. status.Failures.Select(failure => $"{failure.Work}: {failure.Reason}. Log: {failure.Log}")]),
            status.Next is { } next ? [next] : ImmutableArray<string>.Empty,
        }.SelectMany(lines => lines).Select(line => $"  {line}"),
    ];

    /// <summary><c>music, run music/202611221730: finished</c>.</summary>
    public static string Head(RunStatus status) =>
        $"{status.Migration}{(status.Run is null ? "" : $", {ModeWord.Of(status.Mode)} {status.Run}")}: {status.Words}";

    private static string Summary(RunStatus status)
    {
        var (total, done, running, failed, _) = status.Buckets;
        return string.Join(", ", new[]
        {
            status.BytesTotal is { } bytes ? $"{ProgressText.Percent(ProgressSnapshot.Share(status.BytesDone ?? 0, bytes, done, total))} of {Humane.Bytes(bytes)}" : "the plan cannot be read",
            $"{done} of {total} buckets",
            running > 0 ? $"{running} running" : null,
            failed > 0 ? $"{failed} failed" : null,
            status.BytesPerSecond is { } rate ? $"{Humane.Bytes((long)rate)}/s" : null,
            status.SecondsLeft is { } seconds ? $"{Humane.Duration(TimeSpan.FromSeconds(seconds))} left" : null,
        }.Where(part => part is not null));
    }

    private static ImmutableArray<string> Table(ImmutableArray<StatusRow> rows)
    {
        var cells = rows.Select(row => new[]
        {
            $"{row.Host}/{row.Slot}",
            row.Attempt > 1 ? $"bucket {row.Bucket} (attempt {row.Attempt})" : $"bucket {row.Bucket}",
            ProgressText.Percent(row.Fraction),
            Humane.Bytes(row.Bytes),
            Humane.Duration(TimeSpan.FromSeconds(row.Seconds)),
        }).ToArray();
        var widths = Enumerable.Range(0, 5).Select(column => cells.Select(row => row[column].Length).DefaultIfEmpty(0).Max()).ToArray();
        return [.. cells.Select(row => string.Join("  ", row.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))))];
    }

    private static ImmutableArray<string> Cut(ImmutableArray<string> lines) =>
        lines.Length <= Most ? lines : [.. lines[..Most], $"and {Humane.Count(lines.Length - Most)} more: --json has them all"];
}

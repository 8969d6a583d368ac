using QSplit.Partitioning;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Reports;

/// <summary>Progress in words; pure.</summary>
public static class ProgressText
{
    /// <summary><c>42 % of 1.2 TiB, 17 of 64 buckets, 1.1 GiB/s, 12 min 03 s left, 1 failed, 1 host set aside</c>.</summary>
    public static string Summary(ProgressSnapshot now) => string.Join(", ", new[]
    {
        $"{Percent(now.Fraction)} of {Humane.Bytes(now.Total)}",
        $"{now.BucketsDone} of {now.Buckets} buckets",
        now.BytesPerSecond is { } rate ? $"{Humane.Bytes((long)rate)}/s" : null,
        now.Left is { } left ? $"{Humane.Duration(left)} left" : null,
        now.BucketsFailed > 0 ? $"{now.BucketsFailed} failed" : null,
        now.Hosts.Count(host => host.SetAside is not null) is > 0 and var aside ? $"{Humane.Count(aside, "host", "hosts")} set aside" : null,
        now.Standstill,
    }.Where(part => part is not null));

    /// <summary><c>42 %</c>, never more than is done.</summary>
    internal static string Percent(double fraction) => $"{Math.Floor(fraction * 100):0} %";

    /// <summary>What is out of the ordinary with a host: <c>dtn3 is set aside: Connection refused; looked at again in 25 s</c>. Null when nothing is.</summary>
    public static string? Unusual(HostRow host, DateTimeOffset now) => host switch
    {
        { SetAside: { } why, Until: { } until } when until > now => $"{host.Name} is set aside: {FirstLine(why)}; looked at again in {Humane.Duration(until - now)}",
        { SetAside: { } why } => $"{host.Name} is set aside: {FirstLine(why)}",
        { Drains: true } => $"{host.Name} gets no new buckets",
        _ => null,
    };

    /// <summary>What happened to a host; null when nothing did.</summary>
    public static string? OfHost(RunEvent happened) => happened switch
    {
        RunEvent.HostSetAside aside => $"host {aside.Host} is set aside: {FirstLine(aside.Why)}",
        RunEvent.HostReturned returned => $"host {returned.Host} is back",
        _ => null,
    };

    /// <summary>How a bucket's attempt ended; null for what no one needs to hear (the open and seal passes when they went well).</summary>
    public static string? Ended(Plan plan, RunEvent.AttemptEnded ended)
    {
        var work = ended.Work.IsBucket ? $"bucket {ended.Work.Bucket} of {plan.Buckets.Length}" : $"{ended.Work}";
        var time = Humane.Duration(TimeSpan.FromSeconds(ended.Seconds));
        return ended.Outcome switch
        {
            TransferOutcome.Succeeded when !ended.Work.IsBucket => null,
            TransferOutcome.Succeeded when ended.Preview is not null => $"{work}: would copy {Humane.Bytes(ended.Moved.Bytes)} in {Humane.Count(ended.Moved.Files, "file", "files")}, {time}",
            TransferOutcome.Succeeded when ended.Checked is { } found => $"{work}: compared {Humane.Count(found.Entries, "entry", "entries")}{(found.Summed > 0 ? $", read {Humane.Bytes(found.SummedBytes)} on both sides" : "")}, {(found.IsClean ? "alike" : Humane.Count(found.Found.Sum(kind => kind.Entries), "difference", "differences"))}, {time}",
            TransferOutcome.Succeeded done => $"{work}: done, {Humane.Bytes(ended.Moved.Bytes)}, {ended.Moved.Files} {(ended.Moved.Files == 1 ? "file" : "files")}, {time}"
                + (done.Vanished > 0 ? $", {done.Vanished} gone from the source meanwhile" : ""),
            _ => $"{work}: {Reason(ended.Outcome)} (attempt {ended.Attempt}, {time})",
        };
    }

    /// <summary>Why an attempt did not get its work done.</summary>
    public static string Reason(TransferOutcome outcome) => outcome switch
    {
        TransferOutcome.Succeeded => "done",
        TransferOutcome.Partial { Failures: [], Words: "" } => RsyncExit.PartOnly,
        TransferOutcome.Partial { Failures: [] } partial => FirstLine(partial.Words),
        TransferOutcome.Partial { Words: "" } partial => LeftText.Of(partial.Failures),
        TransferOutcome.Partial partial => $"{LeftText.Of(partial.Failures)}; {FirstLine(partial.Words)}",
        TransferOutcome.NoSpace o => $"the target is full: {FirstLine(o.Message)}",
        TransferOutcome.DeleteLimit o => $"the limit on deletions was reached: {FirstLine(o.Message)}",
        TransferOutcome.Refused o => FirstLine(o.Message),
        TransferOutcome.Transient o => FirstLine(o.Message),
        TransferOutcome.HostUnfit o => FirstLine(o.Message),
        _ => "interrupted",
    };

    private static string FirstLine(string message) => message.Split('\n')[0].Trim();
}

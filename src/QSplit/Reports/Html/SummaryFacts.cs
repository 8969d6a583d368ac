using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>The figures that a reader wants first.</summary>
internal static class SummaryFacts
{
    public static ImmutableArray<Markup> Of(ReportDocument document) =>
    [
        .. Amounts(document),
        .. document.Preview is { } preview ? WouldBeDone(preview) : [],
        .. document.Verification is { } found ? Compared(found) : [],
        .. Time(document),
        Buckets(document),
        .. document.Kind is ReportKind.DryRun or ReportKind.Verification or ReportKind.Cutover ? [] : Balance(document.Plan),
        .. Hosts(document),
    ];

    private static ImmutableArray<Markup> Amounts(ReportDocument document)
    {
        var plan = document.Plan;
        var size = Fact("Data", Figure.Bytes("plan.bytes", plan.Bytes), Markup.Of($"{Figure.Count("plan.entries", plan.Entries, "entry", "entries")}, {Figure.Bytes("plan.logicalBytes", plan.LogicalBytes)} logical"));
        return document is { Kind: ReportKind.Run, Run: { } run }
            ? [size, Fact("Transferred", Figure.Count("run.files", run.Files, "file", "files"), Markup.Of($"{Figure.Bytes("run.movedBytes", run.MovedBytes)}, {Figure.Count("run.created", run.Created)} entries new, {Figure.Count("run.vanished", run.Vanished)} gone meanwhile"))]
            : [size];
    }

    private static ImmutableArray<Markup> WouldBeDone(ReportPreview preview) =>
    [
        Fact("Would be copied", Figure.Bytes("preview.bytes", preview.Bytes), Markup.Of($"{Figure.Count("preview.files", preview.Files, "file", "files")}")),
        Fact("Would change", Markup.Of($"{Humane.Count(preview.Create + preview.Update + preview.Attributes, "entry", "entries")}"), Markup.Of($"{Figure.Count("preview.create", preview.Create)} new, {Figure.Count("preview.update", preview.Update)} updated, {Figure.Count("preview.attributes", preview.Attributes)} in attributes")),
        .. preview.WithDeletes ? [Fact("Would be deleted", Figure.Count("preview.delete", preview.Delete, "entry", "entries"), Markup.Of($"on the target only"))] : ImmutableArray<Markup>.Empty,
    ];

    private static ImmutableArray<Markup> Compared(ReportVerification found) =>
    [
        Fact("Compared", Figure.Count("verification.entries", found.Entries, "entry", "entries"), Markup.Of($"metadata of all")),
        Fact("Read on both sides", Figure.Bytes("verification.bytes", found.Bytes), Markup.Of($"{Figure.Count("verification.files", found.Files, "file", "files")}{(found.Sample is > 0 and < 1 ? Markup.Of($", a sample of {Humane.Part(found.Sample)}") : Markup.Nothing)}")),
        Fact("Differences", Markup.Of($"{Humane.Count(found.Differences.Sum(kind => kind.Entries))}"), Markup.Of($"{(found.Differences.IsEmpty ? "source and target are alike" : $"of {Humane.Count(found.Differences.Length, "kind", "kinds")}")}")),
    ];

    private static ImmutableArray<Markup> Time(ReportDocument document)
    {
        var (plan, run, status) = (document.Plan, document.Run, document.Status);
        var estimate = plan.EstimatedSeconds is { } seconds ? Figure.Seconds("plan.estimatedSeconds", seconds) : default(Markup?);
        if (run is null) return estimate is { } planned ? [Fact("Estimated time", planned, Markup.Of($"over all hosts"))] : [];
        if (document.Cutover is { } cutover)
            return [Fact("Time taken", Markup.Of($"{Humane.Duration(run.Ended - cutover.Began)}"), Markup.Of($"{Figure.Of("cutover.began", cutover.Began, Moments.Full(cutover.Began))} to {Figure.Of("run.ended", run.Ended, Moments.Short(run.Ended, cutover.Began))}"))];
        var took = run.Ended - run.Began;
        var spent = Fact("Time taken", Markup.Of($"{Humane.Duration(took)}"), Markup.Of($"{Figure.Of("run.began", run.Began, Moments.Full(run.Began))} to {Figure.Of("run.ended", run.Ended, Moments.Short(run.Ended, run.Began))}"));
        var left = status is { State: RunStanding.Running, SecondsLeft: { } remains }
            ? Fact("Time left", Figure.Seconds("status.secondsLeft", remains), Markup.Of($"at the rate of the last minute"))
            : estimate is { } known ? Fact("Estimated time", known, Markup.Of($"for the whole run, by the plan")) : default(Markup?);
        return [spent, .. Rate(document, run, took), .. left is { } last ? [last] : ImmutableArray<Markup>.Empty];
    }

    private static ImmutableArray<Markup> Rate(ReportDocument document, ReportRun run, TimeSpan took) => document switch
    {
        { Kind: ReportKind.DryRun or ReportKind.Verification } => [],
        { Status: { State: RunStanding.Running, BytesPerSecond: { } now } } => [Fact("Rate", Figure.Of("status.bytesPerSecond", now, Humane.Bytes((long)now) + "/s"), Markup.Of($"over the last minute; {Humane.Rate(run.MovedBytes, took)} on the whole"))],
        _ => [Fact("Rate", Markup.Of($"{Humane.Rate(run.MovedBytes, took)}"), Markup.Of($"logical bytes, on the whole"))],
    };

    private static Markup Buckets(ReportDocument document)
    {
        var buckets = document.Status.Buckets;
        var plan = document.Plan;
        return document.Run is null
            ? Fact("Buckets", Figure.Count("plan.buckets.length", plan.Buckets.Length), Markup.Of($"{Figure.Count("plan.levels", plan.Levels, "directory", "directories")} shared among them"))
            : Fact("Buckets", Markup.Of($"{Figure.Count("status.buckets.done", buckets.Done)} of {Figure.Count("status.buckets.total", buckets.Total)} done"), Markup.Of($"{Figure.Count("status.buckets.left", buckets.Left)} left: {Figure.Count("status.buckets.running", buckets.Running)} running, {Figure.Count("status.buckets.failed", buckets.Failed)} failed"));
    }

    private static ImmutableArray<Markup> Balance(ReportPlan plan) => plan.Bound <= 0
        ? []
        : [Fact("Balance", Markup.Of($"{Humane.Percent(Math.Max(0, plan.Heaviest - plan.Bound), plan.Bound)}"), Markup.Of($"heaviest bucket over what no partition can beat"))];

    private static ImmutableArray<Markup> Hosts(ReportDocument document)
    {
        if (document.Run is not { } run) return [];
        var aside = document.Status.Hosts.Count(host => host.SetAside is not null);
        return [Fact("Hosts", Figure.Count("run.hosts.length", run.Hosts.Length), Markup.Of($"{Humane.Count(run.Hosts.Sum(host => host.Slots), "slot", "slots")}{(aside > 0 ? $", {Humane.Count(aside)} set aside now" : "")}"))];
    }

    private static Markup Fact(string name, Markup value, Markup beside) => Markup.Of($"<div><dt>{name}</dt><dd>{value}</dd><dd class=\"beside\">{beside}</dd></div>\n");
}

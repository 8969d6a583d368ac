using System.Collections.Immutable;

namespace QSplit.Reports.Html;

/// <summary>What each host did, and which are set aside.</summary>
internal static class HostsSection
{
    private static readonly HtmlTable Rows = new(
        [new("Host"), new("Slots", "n"), new("Attempts", "n"), new("Failures", "n"), new("Moved", "n"), new("Busy", "n"), new("Of its slots' time", "n"), new("Times set aside", "n"), new("Copies with")],
        "host",
        "hosts",
        Shown: 20);

    public static Markup Of(ReportDocument document)
    {
        if (document.Run is not { Hosts.IsDefaultOrEmpty: false } run) return Markup.Nothing;
        return Section.Of("hosts", "Hosts", Markup.Nothing, Markup.Of($"""
            {Aside(document.Status)}{Rows.Of([.. run.Hosts.Index().OrderBy(host => host.Item.Name, NaturalOrder.Instance)], (host, _) => Cells(run, host.Item, host.Index))}
            """));
    }

    private static Markup Aside(RunStatus status)
    {
        var lines = status.Hosts.Select(host => ProgressText.Unusual(host, status.At)).OfType<string>().ToArray();
        return lines.Length == 0 ? Markup.Nothing : Markup.Of($"""
            <ul class="aside">{lines.Take(10).Select(line => Markup.Of($"<li>{Icons.Of("stopped")}<bdi>{line}</bdi></li>"))}{(lines.Length > 10 ? Markup.Of($"<li>and {Humane.Count(lines.Length - 10)} more</li>") : Markup.Nothing)}</ul>
            """);
    }

    private static ImmutableArray<Markup> Cells(ReportRun run, ReportHost host, int index)
    {
        var path = $"run.hosts[{index}]";
        var whole = (run.Ended - run.Began).TotalSeconds * host.Slots;
        return
        [
            Markup.Of($"<bdi>{host.Name}</bdi>"),
            Figure.Count($"{path}.slots", host.Slots),
            Figure.Count($"{path}.attempts", host.Attempts),
            Figure.Count($"{path}.failures", host.Failures),
            Figure.Bytes($"{path}.movedBytes", host.MovedBytes),
            Figure.Seconds($"{path}.busySeconds", host.BusySeconds),
            Markup.Of($"{Humane.Percent(Math.Min(host.BusySeconds, whole), whole)}"),
            Figure.Count($"{path}.setAside", host.SetAside),
            Markup.Of($"{host.Mover ?? "not known"}"),
        ];
    }
}

using QSplit.Preflights;
using QSplit.Reports;

namespace QSplit.Tests.Reports;

public sealed class PreflightTableSpecs
{
    [Fact]
    public void Hosts_print_as_a_table_with_what_to_do_below_it()
    {
        var fleet = new FleetFinding([
            Good("dtn1"),
            Good("dtn2") with { Findings = [new(Severity.Note, "Times are coarse."), new(Severity.Problem, "The source is not there. Is it mounted?")], ClockDifference = TimeSpan.FromSeconds(-7) },
            Good("dtn10") with { Findings = [new(Severity.Warning, "timeout is not installed.")], FreeInodes = null },
            Good("dtn11") with { Findings = [new(Severity.Warning, "timeout is not installed.")], ClockDifference = TimeSpan.FromMinutes(2) },
            new HostFinding("dtn12", "mover@dtn12", true, [new(Severity.Warning, "mover@dtn12 cannot be reached: Connection refused.")], null, null, null, null, false),
        ]);

        string.Join('\n', PreflightTable.Lines(fleet, "music")).ShouldBe(
            """
            music: 5 hosts, 3 usable
            host   place        rsync     free     inodes        clock  state
            dtn1   mover@dtn1   3.5.0  3.0 TiB  1,000,000          0 s  good
            dtn2   mover@dtn2   3.5.0  3.0 TiB  1,000,000       -7.0 s  1 problem
            dtn10  mover@dtn10  3.5.0  3.0 TiB          -          0 s  good, 1 warning
            dtn11  mover@dtn11  3.5.0  3.0 TiB  1,000,000  +2 min 00 s  good, 1 warning
            dtn12  mover@dtn12  -            -          -            -  down
            problem: dtn2: The source is not there. Is it mounted?
            warning: dtn10, dtn11: timeout is not installed.
            warning: dtn12: mover@dtn12 cannot be reached: Connection refused.
            note: dtn2: Times are coarse.
            """);
    }

    [Fact]
    public void A_finding_of_many_hosts_is_said_once()
    {
        var fleet = new FleetFinding([.. Enumerable.Range(1, 1000).Select(n => Good($"dtn{n}") with { Findings = [new(Severity.Warning, "So it is.")] })]);

        PreflightTable.Lines(fleet, "music").Where(line => line.EndsWith("So it is.", StringComparison.Ordinal)).ShouldBe(["warning: dtn1, dtn2, dtn3 and 997 more: So it is."]);
    }

    private static HostFinding Good(string host) => new(host, $"mover@{host}", false, [], "3.5.0", 3L << 40, 1_000_000, TimeSpan.Zero, true);
}

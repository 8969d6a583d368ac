using QSplit.Transfers;

namespace QSplit.Tests.Transfers;

/// <summary>What is read of rsync's progress and statistics. The lines are those of rsync 3.5.0.</summary>
public sealed class RsyncOutputSpecs
{
    private readonly List<string> _heard = [];

    [Fact]
    public void Of_an_rsync_that_was_ended_its_complete_files_count_and_no_byte_that_is_sent_again()
    {
        var output = Read(
            "          32768   0%    0.00kB/s    0:00:00  ",
            "        3145728  33%    2.01MB/s    0:00:01 (xfr#1, to-chk=2/4)",
            "        4227072  44%    1.96MB/s    0:00:02  rsync error: received SIGINT, SIGTERM, or SIGHUP (code 20) at io.c(586) [generator=3.5.0]");

        output.Moved.ShouldBe(new Moved(1, 3_145_728, 0));
        _heard.ShouldBe(["32768 sent", "3145728 whole", "3145728 sent", "4227072 sent"]);
    }

    [Fact]
    public void The_statistics_are_the_last_word()
    {
        var output = Read(
            "        9437184 100%    1.95MB/s    0:00:04 (xfr#3, to-chk=0/4)",
            "Number of files: 4 (reg: 3, dir: 1)",
            "Number of created files: 4 (reg: 3, dir: 1)",
            "Number of regular files transferred: 3",
            "Total transferred file size: 9437000 bytes");

        (output.Moved, output.Listed).ShouldBe((new Moved(3, 9_437_000, 4), 4));
    }

    [Fact]
    public void While_it_still_finds_files_its_progress_is_read_alike() =>
        Read("         12,345  33%    2.01MB/s    0:00:01", "          12345  33%    2.01MB/s    0:00:01 (xfr#7, ir-chk=1002/4005)").Moved.ShouldBe(new Moved(7, 12_345, 0));

    private RsyncOutput Read(params string[] lines)
    {
        var output = new RsyncOutput(bytes => _heard.Add($"{bytes} sent"), bytes => _heard.Add($"{bytes} whole"));
        foreach (var line in lines) output.Add(line);
        return output;
    }
}

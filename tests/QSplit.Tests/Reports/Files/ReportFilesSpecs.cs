using QSplit.Reports.Files;
using QSplit.Runs;
using QSplit.Testing;
using QSplit.Transfers;
using static QSplit.Tests.Reports.ReportStory;

namespace QSplit.Tests.Reports.Files;

public sealed class ReportFilesSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_kinds_are_written_and_nothing_else_stays()
    {
        var report = new ReportStory(SmallPlan.Of(600)).Report();
        File.WriteAllText(_folder["report.md"], "an older one");

        var files = ReportFiles.Write(_folder.Path, report);

        Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).ShouldBe(files.Order(StringComparer.Ordinal));
        files.Select(Path.GetFileName).ShouldBe(["report.md", "report.html", "report.json", "report.junit.xml"], ignoreOrder: true);
        files.Select(Path.GetFileName).First().ShouldBe("report.md");
        File.ReadAllText(_folder["report.md"]).ShouldBe(ReportMarkdown.Write(report));
        File.ReadAllText(_folder["report.json"]).ShouldBe(ReportJson.Write(report));
    }

    [Fact]
    public void A_folder_that_is_gone_is_said_with_what_to_do()
    {
        var gone = _folder["gone"];

        var failure = Should.Throw<StorageException>(() => ReportFiles.Write(gone, new ReportStory(SmallPlan.Of(600)).Report()));

        failure.Message.ShouldStartWith($"The report of music/1 cannot be written to {gone}: ");
        failure.Message.ShouldEndWith("then make it again: --target=Report --run=music/1");
    }

    [Fact]
    public void Ten_thousand_buckets_and_two_hundred_hosts_stay_small_enough_to_send_on()
    {
        var story = new ReportStory(SmallPlan.Of([.. Enumerable.Repeat(1L << 30, 10_000)]));
        for (var n = 1; n <= 10_000; n++)
            story.At(n, Start(n, 1, $"dtn{n % 200}")).At(n + 60, n % 10 == 0 ? SmallPlan.End(n, Refused) : SmallPlan.End(n, Done, moved: new Moved(1000, 1 << 30, 1000)));

        ReportFiles.Write(_folder.Path, story.At(10_100, new RunEvent.Stopped("interrupted")).Report());

        new FileInfo(_folder["report.html"]).Length.ShouldBeLessThan(5_000_000);
        var read = ReportJson.Read(File.ReadAllText(_folder["report.json"]));
        (read.Plan.Buckets.Length, read.Run!.Hosts.Length, read.Run.Attempts.Length, read.Run.Left.Length).ShouldBe((10_000, 200, 10_000, 1_000));
    }
}

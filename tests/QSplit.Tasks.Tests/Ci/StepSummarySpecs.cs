using System.Text;
using QSplit.Tasks.Ci;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.Ci;

public sealed class StepSummarySpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    private string File => _folder["summary.md"];

    [Fact]
    public void Texts_and_files_are_added_to_what_is_there()
    {
        System.IO.File.WriteAllText(File, "before\n");
        System.IO.File.WriteAllText(_folder["plan.md"], "# naïve ☃\n");
        var summary = Summary(File);

        summary.Add("all right\n");
        summary.AddFile(_folder["plan.md"]);

        System.IO.File.ReadAllText(File).ShouldBe("before\nall right\n\n# naïve ☃\n\n");
        _warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("| a row of a table |\n")]
    [InlineData("☃🎻☃🎻☃🎻\n")]
    [InlineData("x")]
    public void What_is_too_much_is_cut_after_a_line_and_says_so(string line)
    {
        var text = string.Concat(Enumerable.Repeat(line, StepSummary.Limit / Encoding.UTF8.GetByteCount(line) + 1));
        var summary = Summary(File);

        summary.Add("first\n");
        summary.Add(text);
        summary.Add(text);

        new FileInfo(File).Length.ShouldBeLessThanOrEqualTo(StepSummary.Limit);
        var shown = System.IO.File.ReadAllText(File);
        shown.ShouldStartWith("first\n");
        shown.ShouldEndWith("\n\n**Cut here:** a step may show 1 MiB. The whole is in the files of this run.\n");
        var kept = shown["first\n\n".Length..shown.IndexOf("\n\n**Cut", StringComparison.Ordinal)];
        text.ShouldStartWith(kept);
        (kept.Length == 0 || line.EndsWith('\n') && kept.EndsWith(line, StringComparison.Ordinal)).ShouldBeTrue();
    }

    [Fact]
    public void Nothing_is_written_where_there_is_no_page()
    {
        var summary = Summary(null);
        summary.Add("text");
        summary.AddFile("/nonexistent/plan.md");
        _warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/nonexistent/summary.md")]
    [InlineData("/")]
    public void A_page_that_cannot_be_written_is_a_warning(string file)
    {
        Summary(file).Add("text");
        _warnings.ShouldHaveSingleItem().ShouldStartWith($"Warning: the summary is not on the page of this run (GITHUB_STEP_SUMMARY={file}): ");
    }

    [Fact]
    public void A_report_that_is_not_there_is_a_warning()
    {
        Summary(File).AddFile(_folder["report.md"]);
        _warnings.ShouldHaveSingleItem().ShouldContain("report.md is not on the page");
    }

    public void Dispose() => _folder.Dispose();

    private StepSummary Summary(string? file) => new(file, _warnings.Add);
}

using System.Text;
using QSplit.Runs;
using QSplit.Testing;

namespace QSplit.Tests.Runs;

public sealed class RunFolderSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RunFolders Folders => new(_folder.Path);

    [Fact]
    public void A_second_plan_in_one_minute_has_a_folder_of_its_own()
    {
        string[] runs = ["music/202611221730", "music/202611221730-2", "music/202611221730-3"];

        runs.Select(_ => Folders.MakeNew("music", "202611221730")).ShouldBe(runs);

        runs.ShouldAllBe(run => Directory.Exists(Folders.OfRun(run)));
        Directory.EnumerateFileSystemEntries(Folders.OfMigration("music")).Count().ShouldBe(3);
    }

    [Fact]
    public async Task Programs_that_plan_at_once_never_share_a_folder()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Folders.MakeNew("music", "202611221730"), TestContext.Current.CancellationToken)));

        runs.Distinct().Count().ShouldBe(50);
    }

    [Fact]
    public void The_log_of_an_attempt_has_its_own_file_and_every_line_in_it()
    {
        using (var log = new AttemptLog(_folder["logs"], "17", 2))
        {
            Parallel.For(0, 1000, i => log.Add($"line {i}"));
            File.ReadLines(log.Path).Count().ShouldBe(1000);
        }

        File.ReadAllLines(_folder["logs/17.2.log"], Encoding.UTF8).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 1000).Select(i => $"line {i}").Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}

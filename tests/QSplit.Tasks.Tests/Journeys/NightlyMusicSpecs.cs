using QSplit.Tasks.Tests.FrontDoor;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.Journeys;

/// <summary>The sample of a project of one's own: compiled with all else, run here.</summary>
public sealed class NightlyMusicSpecs
{
    private static string Sample(string file) => Path.Combine(Readme.Root, "samples/NightlyMusic", file);

    [Fact(Timeout = HangLimit)]
    public async Task It_copies_tells_and_verifies_in_this_order()
    {
        Needs.Rsync();
        using var folder = new TemporaryFolder();
        File.Copy(Sample("migrations.yml"), folder["migrations.yml"]);
        TreeMaker.Make(folder.MakeDirectory("music"), new(7, 40, 40_000, FilesPerDirectory: 5));
        folder.MakeDirectory("film");

        var night = await RunAsync(folder);

        night.ExitCode.ShouldBe(0, night.Output);
        TreeComparison.Differences(folder["music"], folder["archive"]).ShouldBeEmpty();
        Directory.Exists(folder["archive-of-film"]).ShouldBeFalse();
        InOrder(night.Output, "music: All is done.", "Dear editors, 40 files of music are new in the archive tonight.", "music: comparing what run music/", "music: Source and target are alike.");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_difference_that_its_verification_finds_is_its_exit_code()
    {
        Needs.Rsync();
        using var folder = new TemporaryFolder();
        File.Copy(Sample("migrations.yml"), folder["migrations.yml"]);
        File.WriteAllText(Path.Combine(folder.MakeDirectory("music"), "song"), "la");
        (await RunAsync(folder)).ExitCode.ShouldBe(0);
        File.WriteAllText(folder["archive/song"], "laaa");

        var night = await RunAsync(folder);

        night.ExitCode.ShouldBe(1, night.Output);
        night.Output.ShouldContain("Migration music: Source and target differ: 1 other content");
    }

    [Fact]
    public void Its_task_is_ten_lines_and_the_README_shows_it_as_it_is()
    {
        var task = File.ReadAllText(Sample("NightlyMusicTask.cs"));
        var body = task.Split("    {\n")[1].Split("\n    }")[0];

        body.Split('\n').Length.ShouldBeLessThanOrEqualTo(10);
        Readme.Blocks(Readme.Own, "csharp").ShouldContain(task[task.IndexOf("[TaskName", StringComparison.Ordinal)..]);
    }

    private static void InOrder(string output, params ReadOnlySpan<string> words)
    {
        var at = 0;
        foreach (var word in words)
        {
            at = output.IndexOf(word, at, StringComparison.Ordinal);
            at.ShouldBeGreaterThanOrEqualTo(0, $"'{word}' comes next in:\n{output}");
        }
    }

    private static async Task<HostResult> RunAsync(TemporaryFolder folder)
    {
        using var host = new HostProcess(["dotnet", Hosts.NightlyMusic, "--target=NightlyMusic"], folder.Path, ("HOME", "/nonexistent"));
        return await host.EndAsync();
    }
}

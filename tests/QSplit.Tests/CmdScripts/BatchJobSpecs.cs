using System.Collections.Immutable;
using System.Text;
using QSplit.CmdScripts;
using QSplit.Scripts;
using QSplit.Testing.Windows;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Tests.CmdScripts;

/// <summary>The batch file of one attempt, as it comes to a Windows host.</summary>
public sealed class BatchJobSpecs : IDisposable
{
    // 1: something was copied; 2: the target has more in it than the source, the file that holds the work.
    private const string Copied = "@n0nce end 3\r\n";

    private readonly QSplit.Testing.TemporaryFolder _folder = new();
    private readonly List<string> _copied = [];
    private readonly StringWriter _heard = new();

    public BatchJobSpecs()
    {
        foreach (var name in (string[])["source", "target", "temporary"]) _folder.MakeDirectory(name);
    }

    [Fact]
    public void More_names_than_a_line_holds_in_bytes_all_arrive()
    {
        ImmutableArray<string> names = [.. Enumerable.Range(0, 300).Select(i => $"\u97f3\u697d\u306e\u30c6\u30a4\u30af {i}.wav")];
        foreach (var name in names) File.WriteAllText(_folder[$"source/{name}"], name);
        var script = BatchJob.Of(Pass.Baseline, Paths, [new RobocopyJob.NamedFiles(EntryPath.Root, names, [])], [], "key/1");

        Play(script, whole: true).ShouldContain(Copied);

        Encoding.UTF8.GetString(script.Body.Span).Split("\r\n").Max(Encoding.UTF8.GetByteCount).ShouldBeInRange(6_000, CmdBoot.LongestLine);
        _copied.Count.ShouldBe(300);
        Directory.EnumerateFiles(_folder["temporary"]).ShouldBeEmpty();
        Directory.EnumerateFiles(_folder["target"]).Count().ShouldBe(300);
    }

    [Fact]
    public void One_that_comes_cut_does_not_run()
    {
        File.WriteAllText(_folder["source/a"], "a");
        var script = BatchJob.Of(Pass.Baseline, Paths, [new RobocopyJob.WholeTree(EntryPath.Root)], [], "key/1");

        Play(script, whole: false).ShouldNotContain("@n0nce");

        _copied.ShouldBeEmpty();
        Directory.EnumerateFiles(_folder["temporary"]).ShouldBeEmpty();
    }

    [Fact]
    public void While_another_holds_the_work_nothing_runs_and_the_other_is_asked_to_end()
    {
        File.WriteAllText(_folder["source/a"], "a");
        var script = BatchJob.Of(Pass.Baseline, Paths, [new RobocopyJob.WholeTree(EntryPath.Root)], [], "key/1");

        using (new FileStream(_folder["target/.qsplit-key-1.lock"], FileMode.Create, FileAccess.Write, FileShare.None))
            Play(script, whole: true).ShouldContain($"@n0nce end {BatchJob.InHand}\r\n");
        _copied.ShouldBeEmpty();
        File.Exists(_folder["target/.qsplit-key-1.end"]).ShouldBeTrue();

        // The next is not meant by that.
        Play(script, whole: true).ShouldContain(Copied);
        Directory.EnumerateFiles(_folder["target"]).Select(Path.GetFileName).ShouldBe(["a"]);
    }

    [Fact]
    public void One_that_is_asked_to_end_begins_no_further_robocopy()
    {
        foreach (var name in (string[])["a", "b"]) File.WriteAllText(Path.Combine(Directory.CreateDirectory(_folder[$"source/{name}"]).FullName, name), name);
        var script = BatchJob.Of(Pass.Baseline, Paths, [new RobocopyJob.WholeTree(EntryPath.Parse("a")), new RobocopyJob.WholeTree(EntryPath.Parse("b"))], [], "key/1");

        Play(script, whole: true, copied: () => Play(BatchJob.End(Paths, "key/1"), whole: true)).ShouldContain($"@n0nce end {BatchJob.AskedToEnd}\r\n");

        _copied.ShouldBe([_folder["source/a/a"]]);
    }

    [Fact]
    public void A_source_that_is_not_the_planned_tree_and_a_target_that_is_not_there_are_left_alone()
    {
        File.WriteAllText(_folder["source/a"], "a");
        ImmutableArray<EntryPath> witnesses = [EntryPath.Parse("a"), EntryPath.Parse("b%1"), EntryPath.Parse("c")];

        Play(BatchJob.Of(Pass.Baseline, Paths, [new RobocopyJob.WholeTree(EntryPath.Root)], witnesses, "key/1"), whole: true)
            .ShouldContain($"@n0nce tree 3 2 2\r\n\r\n@n0nce end {TreeQuestion.NotTheTree}\r\n");
        Play(BatchJob.Of(Pass.Baseline, Paths with { Target = @"D:\other" }, [new RobocopyJob.WholeTree(EntryPath.Root)], [], "key/1"), whole: true)
            .ShouldContain($"@n0nce end {BatchJob.NoTarget}\r\n");

        _copied.ShouldBeEmpty();
    }

    public void Dispose()
    {
        _heard.Dispose();
        _folder.Dispose();
    }

    private static RobocopyPaths Paths => new(@"D:\source", @"D:\target", [], []);

    private string Play(Script script, bool whole, Action? copied = null)
    {
        var (line, input) = CmdBoot.Of(script, "n0nce");
        var disk = new WindowsDisk(new Dictionary<string, string> { ["D:"] = _folder.Path, ["T:"] = _folder["temporary"] });
        using var stream = new MemoryStream(whole ? input : input[..^20]);
        using var output = new StringWriter();
        var player = new CmdPlayer(disk, stream, output, _heard);
        player.Set("TEMP", "T:");
        player.Programs["robocopy"] = (arguments, into) => new RobocopyPlayer(disk, into, path =>
        {
            _copied.Add(path);
            copied?.Invoke();
        }).Run(arguments);
        player.RunLine(line);
        return output.ToString();
    }
}

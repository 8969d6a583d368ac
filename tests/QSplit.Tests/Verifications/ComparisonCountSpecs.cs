using System.Collections.Immutable;
using QSplit.Fleets;
using QSplit.Processes;
using QSplit.Runs;
using QSplit.Scripts;
using QSplit.Testing;
using QSplit.Tests.Transfers;
using QSplit.Transfers;
using QSplit.Transports;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Tests.Verifications;

/// <summary>A comparison counts only when each entry that rsync listed was reported and understood.</summary>
public sealed class ComparisonCountSpecs : IDisposable
{
    private readonly TwoTrees _trees = new();
    private readonly TemporaryFolder _folder = new();

    [Theory(Timeout = HangLimit)]
    [InlineData(CheckPass.All)]
    [InlineData(CheckPass.Metadata)]
    [InlineData(CheckPass.All, "--no-links", "--no-D", "-H")]
    public async Task A_line_that_is_missing_or_not_understood_makes_a_comparison_incomplete(object pass, params string[] options)
    {
        OddTree.Make(_trees.Source);
        Tool.Read("cp", "-a", _trees.Source, _trees.Target);
        Tool.Read("sh", "-c", $"cd '{_trees.Target}'; rm -r names; touch extra; echo other > levels/1/file");
        var items = Directory.EnumerateDirectories(_trees.Source).Select(path => EntryPath.Parse(Path.GetFileName(path))).Append(EntryPath.Parse("gone")).Append(EntryPath.Parse("extra")).Order().ToList();
        var paths = _trees.Paths with { Options = [.. options], Pretence = new Pretence(true, (CheckPass)pass) };

        var run = await RsyncRun.OfAsync(Pass.Baseline, paths, EntryList.Of(items, ""));

        run.ExitCode.ShouldBe(0, run.Errors.LastWords);
        var lines = run.Lines.Select(Parse).ToArray();
        var whole = Read(lines);
        whole.WhyIncomplete.ShouldBeNull();
        whole.Missing.ShouldBe([EntryPath.Parse("extra"), EntryPath.Parse("gone")], ignoreOrder: true);
        for (var i = 0; i < lines.Length; i++)
        {
            var (line, entry) = lines[i];
            var counts = line.StartsWith("Number of files", StringComparison.Ordinal) || line.StartsWith("skipping", StringComparison.Ordinal) || entry is { IsDeleted: false, IsDirectory: false };
            // A path that was asked for and is not reported is looked up on the source.
            if (counts) (Read([.. lines[..i], .. lines[(i + 1)..]]) is { WhyIncomplete: not null } or { Missing.Count: > 2 }).ShouldBeTrue(line);
            Read([.. lines[..i], Parse("x" + line), .. lines[(i + 1)..]]).WhyIncomplete.ShouldNotBeNull(line);
        }

        (string Line, ItemizedEntry? Entry) Parse(string line) => (line, ItemizedEntry.Parse(line, hasSums: pass is CheckPass.All));

        ComparisonCount Read((string Line, ItemizedEntry? Entry)[] told)
        {
            var count = new ComparisonCount(items, countsMissing: true, isListed: true);
            foreach (var (line, entry) in told)
            {
                if (entry is { } known) count.Add(known);
                else count.Add(line);
            }
            return count;
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_attempt_whose_comparison_is_incomplete_does_not_succeed()
    {
        _trees.File("tree/one");
        _trees.File("tree/two");
        Tool.Read("cp", "-a", _trees.Source, _trees.Target);
        var rsync = Tool.Read("sh", "-c", "command -v rsync").Trim();
        var wrapper = Path.Combine(_folder.MakeDirectory("bin"), "rsync");
        File.WriteAllText(wrapper, $"#!/bin/sh\n{rsync} \"$@\" | grep -v two\n");
        TwoTrees.SetMode(wrapper, "755");

        (await CompareAsync(DummyProgram.Environment)).Outcome.ShouldBe(new TransferOutcome.Succeeded(0));
        (await CompareAsync(DummyProgram.Environment.SetItem("PATH", $"{_folder["bin"]}:{DummyProgram.Environment["PATH"]}"))).Outcome
            .ShouldBeOfType<TransferOutcome.Partial>().Words.ShouldBe("the comparison is not complete: rsync listed 2 entries besides directories and reported 1");
        (await CompareAsync(DummyProgram.Environment.SetItem("PATH", $"{_folder["bin"]}:{DummyProgram.Environment["PATH"]}"), "tree/one", "tree/two")).Outcome
            .ShouldBeOfType<TransferOutcome.Partial>().Words.ShouldBe("the comparison is not complete: ./tree/two is on the source and was not reported");
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_host_that_does_not_answer_whether_a_path_is_there_proves_nothing()
    {
        _trees.File("tree/one");
        Tool.Read("cp", "-a", _trees.Source, _trees.Target);

        (await CompareAsync(new AnsweringOnce(Local(DummyProgram.Environment)), "tree/one", "gone")).Outcome.ShouldBeOfType<TransferOutcome.Partial>().Words
            .ShouldBe("the comparison is not complete: ./gone was not reported, and the host did not answer whether it is on the source");
    }

    public void Dispose()
    {
        _trees.Dispose();
        _folder.Dispose();
    }

    private static LocalTransport Local(ImmutableDictionary<string, string> environment) => new(new ScriptRun(new Supervisor(TimeProvider.System, Hang), environment));

    private Task<Transferred> CompareAsync(ImmutableDictionary<string, string> environment, params string[] items) => CompareAsync(Local(environment), items);

    private Task<Transferred> CompareAsync(ITransport transport, params string[] items) => new TransferRunner(TimeProvider.System, _folder["logs"]).RunAsync(
        new Transfer(WorkUnit.OfBucket(1), 1, Pass.Baseline, RsyncRun.ListOf(items is [] ? ["tree"] : items), _trees.Paths with { Pretence = new Pretence(true, CheckPass.All) }, [], "a test") { Check = new CheckFolder(_folder.Path).FilesOf("1") },
        transport,
        _ => { },
        TestContext.Current.CancellationToken);

    // The connection is lost after the first script.
    private sealed class AnsweringOnce(ITransport transport) : ITransport
    {
        private bool _answered;

        public string Place => transport.Place;

        public Task<ScriptEnd> RunAsync(Script script, Listener listener, CancellationToken cancellationToken)
        {
            if (_answered) return Task.FromResult(ScriptEnd.NotSent(false, "the connection was lost"));
            _answered = true;
            return transport.RunAsync(script, listener, cancellationToken);
        }

        public ValueTask DisposeAsync() => transport.DisposeAsync();
    }
}

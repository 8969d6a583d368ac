using QSplit.Fleets;
using QSplit.Testing;
using QSplit.Tests.Preflights;
using QSplit.Trees;

namespace QSplit.Tests.Stages;

/// <summary>Names that differ only in case, for a target that does not tell them apart.</summary>
public sealed class FoldingTargetSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = HangLimit)]
    public async Task Of_names_that_differ_only_in_case_all_but_the_first_are_found()
    {
        foreach (var file in (string[])["a/README", "a/readme", "a/Readme", "a/other", "b/readme", "Dir/x", "dir/y", "c/é", "c/É", "m/x/f", "m/X", "Dir/same", "dir/SAME", "n/caf\u00e9", "n/cafe\u0301", "n/cafe", "o/\u00c5", "o/a\u030a"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
            File.WriteAllText(_folder[file], file);
        }

        var tree = await LocalTree.CrawlAsync(_folder.Path, new LocalTreeOptions(), null, TestContext.Current.CancellationToken);

        tree.CaseClashes.Select(clash => $"{clash.Path} {clash.With} {clash.AreDirectories} {clash.Folds}").ShouldBe(
        [
            "./a/Readme ./a/README False Case",
            "./a/readme ./a/README False Case",
            "./c/\u00e9 ./c/\u00c9 False Case",
            "./dir ./Dir True Case",
            "./dir/SAME ./Dir/same False Case",
            "./m/X ./m/x False Case",
            "./n/caf\u00e9 ./n/cafe\u0301 False Normalization",
            "./o/\u00c5 ./o/a\u030a False Case, Normalization",
        ]);
        tree.Notes.ShouldContain(note => note.Kind == TreeNoteKind.CaseClash && note.Text.StartsWith("8 names differ only in case or Unicode normalization from another, first ./a/Readme from ./a/README."));
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("dir/FILE", NameFolding.Case)]
    [InlineData("DIR/sub/x[1]*?\\y", NameFolding.Case)]
    [InlineData("Dir/cafe\u0301.txt", NameFolding.Normalization)]
    [InlineData("dir/CAFE\u0301.txt", NameFolding.Case | NameFolding.Normalization)]
    [InlineData("Dir/\u1112\u1161\u11ab", NameFolding.Normalization)]
    [InlineData("Dir/File", NameFolding.None)]
    [InlineData("dir/sub/x1", null)]
    [InlineData("dir/none", null)]
    [InlineData("Dir/cafe.txt", null)]
    [InlineData("Dir/cafe\u0300.txt", null)]
    public async Task A_path_in_another_spelling_is_there_for_a_target_that_folds_it(string path, NameFolding? needed)
    {
        foreach (var file in (string[])["Dir/File", "Dir/Sub/X[1]*?\\Y", "dir/other", "Dir/caf\u00e9.txt", "Dir/\ud55c"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
            File.WriteAllText(_folder[file], "");
        }
        var asked = EntryPath.FromBytes(System.Text.Encoding.UTF8.GetBytes(path));
        await using var here = MadeHosts.Local(Environment.GetEnvironmentVariable("PATH")!);

        for (var folds = NameFolding.None; folds <= (NameFolding.Case | NameFolding.Normalization); folds++)
        {
            var there = await SourceLookup.WhichAsync(here, _folder.Path, [EntryPath.Parse("nowhere"), asked], TestContext.Current.CancellationToken, folds);
            there.ShouldBe(needed is { } least && folds.HasFlag(least) ? [asked] : [], $"{folds}");
        }
    }
}

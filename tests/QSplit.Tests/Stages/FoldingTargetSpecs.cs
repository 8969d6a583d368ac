using QSplit.Scripts;
using QSplit.Testing;
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
        foreach (var file in (string[])["a/README", "a/readme", "a/Readme", "a/other", "b/readme", "Dir/x", "dir/y", "c/é", "c/É", "m/x/f", "m/X"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
            File.WriteAllText(_folder[file], file);
        }

        var tree = await LocalTree.CrawlAsync(_folder.Path, new LocalTreeOptions(), null, TestContext.Current.CancellationToken);

        tree.CaseClashes.Select(clash => $"{clash.Path} {clash.With} {clash.AreDirectories}").Order(StringComparer.Ordinal)
            .ShouldBe(["./a/Readme ./a/README False", "./a/readme ./a/README False", "./c/é ./c/É False", "./dir ./Dir True", "./m/X ./m/x False"]);
        tree.Notes.ShouldContain(note => note.Kind == TreeNoteKind.CaseClash && note.Text.StartsWith("5 names differ only in case from another, first "));
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("dir/FILE", true)]
    [InlineData("DIR/sub/x[1]*?\\y", true)]
    [InlineData("dir/sub/x1", false)]
    [InlineData("dir/none", false)]
    public void A_path_in_another_spelling_is_there(string path, bool isThere)
    {
        foreach (var file in (string[])["Dir/File", "Dir/Sub/X[1]*?\\Y", "dir/other"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
            File.WriteAllText(_folder[file], "");
        }
        var script = TreeQuestion.Which(_folder.Path, [EntryPath.Parse("nowhere"), EntryPath.FromBytes(System.Text.Encoding.UTF8.GetBytes(path))], inAnyCase: true);
        var body = _folder["script"];
        File.WriteAllBytes(body, [.. "say() { echo \"$*\"; }\n"u8, .. script.Body.Span]);

        Tool.Read("sh", body).Trim().ShouldBe(isThere ? "there 2" : "");
    }
}

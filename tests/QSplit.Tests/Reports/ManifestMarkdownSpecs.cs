using QSplit.Manifests;
using QSplit.Reports;

namespace QSplit.Tests.Reports;

public sealed class ManifestMarkdownSpecs
{
    [Fact]
    public void Problems_are_a_table() =>
        Lines(ManifestMarkdown.Wrong(new ManifestException([new("m.yml", 3, 5, "slots must be 1 or more, is 0"), new("m.yml", 9, 1, "unknown key 'x|y'")]))).ShouldBe(
        [
            "### m.yml has 2 problems",
            "",
            "| line | column | problem |",
            "| ---: | ---: | --- |",
            "| 3 | 5 | slots must be 1 or more, is 0 |",
            @"| 9 | 1 | unknown key 'x\|y' |",
        ]);

    [Fact]
    public void What_has_no_line_is_told_in_its_own_words() =>
        Lines(ManifestMarkdown.Wrong(new ManifestException("There is no manifest 'm.yml'."))).ShouldBe(["### Nothing was done", "", "There is no manifest 'm.yml'."]);

    [Fact]
    public void All_right_names_the_migrations() =>
        Lines(ManifestMarkdown.Right("m.yml", ["music: /a -> /b *", "films: /c -> /d"])).ShouldBe(
            ["### m.yml is right: 2 migrations", "", @"- music: /a -> /b \*", "- films: /c -> /d"]);

    private static string[] Lines(string text) => text.TrimEnd().Split(Environment.NewLine);
}

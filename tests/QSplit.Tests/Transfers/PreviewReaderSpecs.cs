using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Tests.Transfers;

/// <summary>Lines of rsync 3.5.0 under <c>--dry-run --out-format='%i %l%L//%n'</c>.</summary>
public sealed class PreviewReaderSpecs
{
    [Theory]
    [InlineData(">f+++++++++ 6//a/b/file", "./a Create 1 1 6 ./a/b/file")]
    [InlineData("cd+++++++++ 4096//a/b/", "./a Create 1 0 0 ./a/b")]
    [InlineData("cd+++++++++ 4096//a/", "./a Create 1 0 0 ./a")]
    [InlineData("cL+++++++++ 3 -> one//link", ". Create 1 0 0 ./link")]
    [InlineData("cS+++++++++ 0//pipe", ". Create 1 0 0 ./pipe")]
    [InlineData("hf+++++++++ 6 => a/file//a/other", "./a Create 1 0 0 ./a/other")]
    [InlineData("hf          6 => a/file//a/other", "./a Attributes 1 0 0 ./a/other")]
    [InlineData(">f..t...... 6//a/file", "./a Update 1 1 6 ./a/file")]
    [InlineData(">f.st...... 0//file", ". Update 1 1 0 ./file")]
    [InlineData("cL..t...... 5 -> a//b//a/link", "./a Update 1 0 0 ./a/link")]
    [InlineData(".f...p..... 2//top", ". Attributes 1 0 0 ./top")]
    [InlineData(".d..t...... 4096//a/", "./a Attributes 1 0 0 ./a")]
    [InlineData(".d..t...... 4096//./", ". Attributes 1 0 0 .")]
    [InlineData("*deleting   0//gone/sub/", "./gone Delete 1 0 0 ./gone/sub")]
    [InlineData("*deleting   0//extra", ". Delete 1 0 0 ./extra")]
    [InlineData(">f+++++++++ 1//c/new\\#012 line ", "./c Create 1 1 1 ./c/new\\#012 line ")]
    public void An_entry_is_counted_by_what_would_become_of_it(string line, string part)
    {
        var reader = new PreviewReader(_ => true);

        reader.Add(line).ShouldBeTrue();

        var read = reader.Preview.Parts.ShouldHaveSingleItem();
        $"{read.Top} {read.Kind} {read.Entries} {read.Files} {read.Bytes} {read.First.ShouldHaveSingleItem()}".ShouldBe(part);
    }

    [Theory]
    [InlineData(".d          4096//./", true)]
    [InlineData(".f          2//a", true)]
    [InlineData("hf          2//a", true)]
    [InlineData("cd+++++++++ 4096//./", true)]
    [InlineData("created directory /mnt/new", false)]
    [InlineData("", false)]
    [InlineData("Number of created files: 8 (reg: 2)", false)]
    public void What_is_as_it_should_be_or_is_no_entry_is_not_counted(string line, bool isEntry)
    {
        var reader = new PreviewReader(_ => true);

        reader.Add(line).ShouldBe(isEntry);

        reader.Preview.IsNothing.ShouldBeTrue();
        reader.Moved.ShouldBe(default);
    }

    [Fact]
    public void What_is_somebody_elses_does_not_count_but_its_directories_are_known()
    {
        var reader = new PreviewReader(path => path != EntryPath.Parse("theirs"));

        foreach (var line in (string[])["cd+++++++++ 4096//theirs/", "cd+++++++++ 4096//ours/", ">f+++++++++ 9//ours/file"]) reader.Add(line);

        reader.Preview.Parts.ShouldHaveSingleItem().Top.ShouldBe("./ours");
        reader.Moved.ShouldBe(new Moved(1, 9, 2));
        reader.Directories.Select(path => path.ToString()).ShouldBe(["./theirs", "./ours"]);
    }

    [Fact]
    public void Beyond_so_many_top_directories_the_others_are_told_of_together_and_nothing_is_lost()
    {
        var reader = new PreviewReader(_ => true);

        for (var i = 0; i < 1_000; i++) reader.Add($">f+++++++++ 10//dir-{i}/file");

        reader.Preview.Parts.Length.ShouldBe(PreviewReader.MostTops + 1);
        reader.Preview.Parts.Single(part => part.Top == PreviewReader.OtherTops).Entries.ShouldBe(800);
        reader.Preview.Parts.Sum(part => part.Bytes).ShouldBe(10_000);
        Previews.Sum([reader.Preview, reader.Preview]).Parts.Sum(part => part.Entries).ShouldBe(2_000);
    }
}

using QSplit.Testing;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Tests.Verifications;

public sealed class DifferenceListSpecs
{
    [Fact]
    public void It_is_read_back_as_it_was_written_whatever_the_names_are()
    {
        using var folder = new TemporaryFolder();
        var all = OddTree.Names.SelectMany((name, i) => Enum.GetValues<DifferenceKind>().Select(kind => new EntryDifference(kind, i % 2 == 0, i, EntryPath.FromBytes(name)))).ToList();
        using (var writer = new DifferenceWriter(folder["1.txt"]))
        {
            foreach (var difference in all) writer.Add(difference);
            File.Exists(folder["1.txt"]).ShouldBeFalse();
            writer.Keep();
        }

        DifferenceList.Read(folder["1.txt"]).ShouldBe(all);
    }

    [Fact]
    public void One_that_was_not_kept_is_not_there()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new DifferenceWriter(folder["1.txt"])) writer.Add(new(DifferenceKind.Missing, false, 0, EntryPath.Parse("a")));

        Directory.EnumerateFiles(folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("missing\t-\t1")]
    [InlineData("unknown\t-\t1\t./a")]
    [InlineData("missing\tx\t1\t./a")]
    [InlineData("missing\t-\tone\t./a")]
    [InlineData("missing\t-\t1\t../a")]
    public void What_is_no_difference_is_said_with_its_line(string line)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["1.txt"], $"missing\t-\t1\t./a\n{line}\n");

        Should.Throw<StorageException>(() => DifferenceList.Read(folder["1.txt"]).ToList()).Message.ShouldContain("line 2 is no difference");
    }
}

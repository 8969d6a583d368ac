using QSplit.Deletions;
using QSplit.Testing;
using QSplit.Trees;

namespace QSplit.Tests.Deletions;

public sealed class DeletionListSpecs
{
    [Fact]
    public void A_directory_stands_for_all_below_it_and_what_lies_beside_it_is_not_below()
    {
        var list = Of("b/x", "b", "b/c/y", "b/c", "b-c", "b c/z", "a");

        list.Items.Select(item => (item.Path.ToString(), item.Entries)).ShouldBe([("./a", 1), ("./b", 4), ("./b c/z", 1), ("./b-c", 1)]);
        list.Entries.ShouldBe(7);
    }

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a/b/c", "a", true)]
    [InlineData("a", "a/b", false)]
    [InlineData("ab", "a", false)]
    public void What_something_copied_takes_the_place_of_is_not_for_the_pass_that_deletes(string path, string copied, bool givesWay)
    {
        var list = DeletionList.Of([(EntryPath.Parse(path), false)], entry => entry == EntryPath.Parse(copied));

        list.ToDelete.Any().ShouldBe(!givesWay);
        list.Entries.ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_entry_is_under_exactly_one_item_and_counted_once(int seed)
    {
        var random = new Random(seed);
        // Bytes between these are below and above that of a slash.
        string[] names = ["a", "a-b", "a b", "a.b", "a0", "b"];
        var all = Enumerable.Range(0, 400).Select(_ => string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => names[random.Next(names.Length)])))
            .SelectMany(WithAncestors).Distinct().Select(EntryPath.Parse).Where(path => path.Depth > 1).ToList();

        var list = DeletionList.Of(all.Select(path => (path, true)), _ => false);

        list.Entries.ShouldBe(all.Count);
        list.Items.Length.ShouldBeGreaterThan(10);
        foreach (var path in all) list.Items.Count(item => path.IsWithin(item.Path)).ShouldBe(1);
        list.Items.ShouldAllBe(item => item.Entries == all.Count(path => path.IsWithin(item.Path)));
    }

    [Fact]
    public void It_is_read_back_as_it_was_written_whatever_the_names_are()
    {
        using var folder = new TemporaryFolder();
        var list = DeletionList.Of(OddTree.Names.Select((name, i) => (EntryPath.FromBytes(name), i % 2 == 0)), path => path.Bytes.Length % 3 == 0);

        DeletionFile.Write(folder.Path, list);

        DeletionFile.Read(folder.Path).Items.ShouldBe(list.Items);
    }

    [Theory]
    [InlineData("\"entries\": 2", "\"entries\": 3", "was changed")]
    [InlineData("\"version\": 1", "\"version\": 2", "another version")]
    [InlineData("\"./a\"", "\"../a\"", "cannot be read")]
    [InlineData("]", "", "cannot be read")]
    public void One_that_was_changed_is_refused(string part, string other, string why)
    {
        using var folder = new TemporaryFolder();
        DeletionFile.Write(folder.Path, Of("a", "b"));
        File.WriteAllText(folder[DeletionFile.Name], File.ReadAllText(folder[DeletionFile.Name]).Replace(part, other, StringComparison.Ordinal));

        Should.Throw<StorageException>(() => DeletionFile.Read(folder.Path)).Message.ShouldContain(why);
    }

    private static IEnumerable<string> WithAncestors(string path)
    {
        var names = path.Split('/');
        return Enumerable.Range(1, names.Length).Select(n => string.Join('/', names[..n]));
    }

    private static DeletionList Of(params string[] paths) => DeletionList.Of(paths.Select(path => (EntryPath.Parse(path), false)), _ => false);
}

using QSplit.Clusters;
using QSplit.Deletions;
using QSplit.Stages;
using QSplit.Trees;
using static QSplit.Clusters.ChangeOperation;

namespace QSplit.Tests.Stages;

/// <summary>What a difference of snapshots means for a target.</summary>
public sealed class ChangeRulesSpecs
{
    [Fact]
    public void A_new_directory_stands_for_all_below_it_and_a_changed_one_for_itself()
    {
        var (copied, gone) = Of((Created, "new/"), (Modified, "new/file"), (Modified, "old/"), (Modified, "old/file"), (Created, "old/sub/link"));

        Words(copied).ShouldBe(["./new Whole", "./old Attributes", "./old/file Entry", "./old/sub/link Entry"]);
        gone.ShouldBeEmpty();
    }

    [Fact]
    public void A_rename_is_a_new_one_and_one_that_went_and_the_directories_around_get_their_times()
    {
        var (copied, gone) = Of((Deleted, "a/b/"), (Created, "c/b/"), (Deleted, "a/b/told too"));

        Words(copied).ShouldBe(["./a Attributes", "./c/b Whole"]);
        gone.ShouldBe([(EntryPath.Parse("a/b"), true)]);
    }

    [Fact]
    public void Of_what_changed_its_kind_only_a_directory_in_the_way_of_a_file_is_left_on_the_target()
    {
        var (copied, gone) = Of((Deleted, "was a directory/"), (Created, "was a directory"), (Deleted, "was a file"), (Created, "was a file/"), (Deleted, "same"), (Created, "same"));

        Words(copied).ShouldBe([". Attributes", "./same Entry", "./was a directory Entry", "./was a file Whole"]);
        gone.ShouldBe([(EntryPath.Parse("was a directory"), true)]);
    }

    [Fact]
    public void What_is_left_out_is_nobodys()
    {
        var (copied, gone) = ChangeRules.Of([.. new[] { Change(Created, ".snapshot/x"), Change(Deleted, "a/.snapshot/"), Change(Modified, "a/.snapshot") }], path => path.Name.SequenceEqual(".snapshot"u8));

        Words(copied).ShouldBe(["./a/.snapshot Entry"]);
        gone.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_not_deleted_yet_stays_known_until_it_is_or_comes_back()
    {
        var before = List(("a/one", 1), ("a/two", 1), ("b", 5), ("c/x", 1));

        var pending = ChangeRules.Pending(before, List(("a/one", 1)), [new(EntryPath.Parse("c"), true, 3)], new Dictionary<EntryPath, ChangedPart> { [EntryPath.Parse("a/two")] = ChangedPart.Entry, [EntryPath.Parse("b")] = ChangedPart.Entry });

        pending.Items.Select(item => (item.Path.ToString(), item.Entries, item.GivesWay)).ShouldBe([("./b", 5, true), ("./c", 4, false)]);
    }

    /// <remarks>The target still has the directory, and nothing is copied to its place any more: a cutover left it there and was not signed off.</remarks>
    [Theory]
    [InlineData("a/was a directory", "the file", 6)]
    [InlineData("a", "its directory", 7)]
    [InlineData("a/was a directory", "replaced", 6)]
    public void A_directory_in_the_way_of_a_file_is_deleted_by_itself_once_the_file_is_gone(string expected, string gone, long entries)
    {
        var blocked = EntryPath.Parse("a/was a directory");
        Dictionary<EntryPath, ChangedPart> copied = gone == "replaced" ? new() { [EntryPath.Parse("a")] = ChangedPart.Whole } : new() { [EntryPath.Root] = ChangedPart.Attributes };
        Deletion[] now = gone switch
        {
            "the file" => [new(blocked, false, 1)],
            "its directory" => [new(EntryPath.Parse("a"), true, 1)],
            _ => [],
        };

        var pending = ChangeRules.Pending(new([new(blocked, true, 6, blocked)]), DeletionList.Nothing, now, copied);

        var item = pending.Items.ShouldHaveSingleItem();
        (item.Path.ToString(), item.IsDirectory, item.GivesWay, item.Entries).ShouldBe(("./" + expected, true, false, entries));
    }

    /// <remarks>The list may be newer than the last pass: that of a dry run.</remarks>
    [Fact]
    public void What_a_pass_deletes_is_not_listed_again_whenever_it_went_from_the_source()
    {
        var (before, done) = (List(("a/one", 1), ("b/below", 1)), List(("a/one", 1), ("b", 2), ("c/two", 1)));
        Deletion[] now = [new(EntryPath.Parse("c/two"), false, 1), new(EntryPath.Parse("c/three"), false, 1)];

        var pending = ChangeRules.Pending(before, done, now, new Dictionary<EntryPath, ChangedPart>());

        pending.Items.ShouldHaveSingleItem().Path.ToString().ShouldBe("./c/three");
    }

    private static DeletionList List(params (string Path, long Entries)[] items) => new([.. items.Select(item => new Deletion(EntryPath.Parse(item.Path), item.Entries > 1, item.Entries))]);

    private static (System.Collections.Immutable.ImmutableArray<(EntryPath Path, ChangedPart What)> Copied, System.Collections.Immutable.ImmutableArray<(EntryPath Path, bool IsDirectory)> Gone) Of(
        params (ChangeOperation Operation, string Path)[] changes) => ChangeRules.Of([.. changes.Select(change => Change(change.Operation, change.Path))], _ => false);

    private static ClusterChange Change(ChangeOperation operation, string path) => new(operation, EntryPath.Parse(path.TrimEnd('/')), path.EndsWith('/'));

    private static IEnumerable<string> Words(IEnumerable<(EntryPath Path, ChangedPart What)> copied) => copied.Select(change => $"{change.Path} {change.What}").Order(StringComparer.Ordinal);
}

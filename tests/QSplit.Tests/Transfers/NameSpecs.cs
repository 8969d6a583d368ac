using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Tests.Transfers;

public sealed class NameSpecs
{
    [Theory]
    [InlineData("d/name", "d/name")]
    [InlineData("d/.name.a1B2c3", "d/.name.a1B2c3|d/name|d/name.|d/.name|d/.name.")]
    [InlineData(".name.a1B2c3", ".name.a1B2c3|name|name.|.name|.name.")]
    [InlineData("d/.name.a1B2-3", "d/.name.a1B2-3")]
    [InlineData("d/name.a1B2c3", "d/name.a1B2c3")]
    [InlineData("d/.a1B2c3", "d/.a1B2c3")]
    [InlineData("d/..a1B2c3", "d/..a1B2c3")]
    [InlineData("d/...a1B2c3", "d/...a1B2c3|d/...")]
    [InlineData("d/....a1B2c3", "d/....a1B2c3|d/...|d/...|d/....")]
    [InlineData("d/.x.a1B2c3", "d/.x.a1B2c3|d/x|d/x.|d/.x|d/.x.")]
    public void A_temporary_name_stands_for_a_file_or_a_hidden_file_or_is_a_name_itself(string name, string originals) =>
        TemporaryName.Originals(EntryPath.Parse(name)).ShouldBe(originals.Split('|').Select(EntryPath.Parse));

    [Theory]
    [InlineData("a b/c", "", "a b/c")]
    [InlineData("a b/c", "a", "a")]
    [InlineData("a b/c", "b/c", "b/c")]
    [InlineData("a b/c", "a/x/y", "a/x")]
    [InlineData("a b/c", "a/x/y a/x/z", "a/x")]
    [InlineData("a b/c", "a/x/y a/x", "a")]
    [InlineData("a b/c", "a/x a/y/z b/c/d", "a b/c")]
    [InlineData("a b/c", "b", "a b/c")]
    [InlineData("a b/c", "b/d", "a b/c")]
    [InlineData("a b/c", "a/x/y elsewhere/z", "a b/c")]
    [InlineData("a b/c", ".", "a b/c")]
    [InlineData(".", "a/b", "a")]
    [InlineData(".", "a", ".")]
    [InlineData(".", ".", ".")]
    public void A_retry_lists_the_directories_of_what_was_named_and_all_when_it_knows_no_better(string items, string named, string listed) =>
        RetryItems.Of([.. Paths(items)], [.. Paths(named)]).ShouldBe(Paths(listed));

    [Fact]
    public void A_list_is_written_so_that_no_name_is_taken_for_anything_else()
    {
        EntryPath[] paths = [EntryPath.Root, EntryPath.Parse("#x"), EntryPath.FromBytes("a\nb/\xff"u8)];

        EntryList.Of(paths, "").ShouldBe([.. ".\0./#x\0./a\nb/"u8, .. "\xff\0"u8]);
        EntryList.Of(paths[..2], "/").ShouldBe("./\0./#x/\0"u8.ToArray());
        EntryList.Of([], "").ShouldBeEmpty();
    }

    [Fact]
    public void A_limit_and_the_manifest_s_own_options_come_before_the_paths()
    {
        var arguments = RsyncArguments.For(Pass.Baseline, new("/mnt/old", "/mnt/new/", ["--acls"], [".zfs"], 400_000_000, false));

        arguments.ShouldContain("--bwlimit=390625k");
        arguments.ShouldContain("--acls");
        arguments.ShouldContain("--exclude=.zfs/");
        arguments[^5..].ShouldBe(["--from0", "--files-from=-", "--", "/mnt/old/", "/mnt/new/"]);
        arguments.ShouldNotContain("--dirs");
        RsyncArguments.For(Pass.Seal, new("/mnt/old", "/mnt/new/", [], [], 1, false)).ShouldContain("--bwlimit=1k");
    }

    private static IEnumerable<EntryPath> Paths(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(EntryPath.Parse);
}

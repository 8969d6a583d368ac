using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QSplit.Partitioning;
using QSplit.Trees;

namespace QSplit.Tests.Partitioning;

public sealed class BucketFileSpecs
{
    private static readonly Node EveryOddName = Node.Tree(
    [
        .. AnyTree.OddNames.Select(name => Node.File(name, 10)),
        Node.Directory("heavy", AnyTree.OddNames.Select(name => Node.Directory(name, [.. AnyTree.OddNames.Select(below => Node.File(below, 10)), Node.Directory("empty dir")]))),
        Node.File("link", 0) with { Kind = EntryKind.Symlink },
    ]);

    [Fact(Timeout = HangLimit)]
    public Task A_file_is_named_for_the_minute_in_UTC_and_the_bucket()
    {
        var stamp = BucketFile.Stamp(new(2025, 1, 31, 13, 59, 59, TimeSpan.FromHours(2)));
        BucketFile.NameOf(stamp, Bucket("a")).ShouldBe("qsync_202501311159_bucket7.txt");
        return Task.CompletedTask;
    }

    [Fact(Timeout = HangLimit)]
    public Task A_list_has_an_item_a_line_as_it_is_on_disk()
    {
        Text(Bucket("#x", "a b", "dir", "\\#377")).ShouldBe(Latin("./#x\n./a b\n./dir\n./\u00ff\n"));
        return Task.CompletedTask;
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("line\nbreak")]
    [InlineData("carriage\rreturn")]
    [InlineData("dir\r/x")]
    public Task A_list_with_a_line_break_in_a_name_is_separated_by_NUL(string name)
    {
        var bucket = Bucket("a", name);
        BucketFile.NameOf("202501311159", bucket).ShouldBe("qsync_202501311159_bucket7.txt0");
        Text(bucket).ShouldBe(Latin($"./a\0./{name}\0"));
        return Task.CompletedTask;
    }

    [Fact(Timeout = HangLimit)]
    public async Task The_plan_says_which_lists_are_separated_by_NUL()
    {
        var plan = await MemoryTree.PlanAsync(Node.Tree(Node.File("a", 9), Node.File("b\nc", 5)), 2);
        var note = plan.Notes.ShouldHaveSingleItem();
        note.Path.ShouldBe(EntryPath.Parse("b\nc"));
        note.Text.ShouldContain("the list of bucket 2");
        note.Text.ShouldContain("--from0");
    }

    [Fact]
    public void Any_list_reads_back_as_it_was_written() =>
        Prop.ForAll(AnyTree.Trees, tree =>
        {
            var bucket = new Bucket(1, Totals.Zero, TimeSpan.Zero, [.. tree.Entries().Select(entry => entry.Path).Order()]);
            BucketFile.Read(Text(bucket), BucketFile.NameOf("202501311159", bucket)).ShouldBe(bucket.Items);
            BucketFile.Read(BucketFile.AsNulSeparated(bucket), "x.txt0").ShouldBe(bucket.Items);
        }).QuickCheckThrowOnFailure();

    [Theory(Timeout = HangLimit)]
    [InlineData("./a\n./b", "cut off")]
    [InlineData("./a\n/etc/passwd\n", "/etc/passwd")]
    [InlineData("./a\n./../b\n", "..")]
    public Task A_list_that_is_damaged_is_refused(string text, string why)
    {
        Should.Throw<FormatException>(() => BucketFile.Read(Latin(text), "x.txt")).Message.ShouldContain(why);
        return Task.CompletedTask;
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task I_can_feed_the_buckets_to_rsync_by_hand_and_get_the_whole_tree(int buckets)
    {
        using var folder = new TemporaryFolder();
        var (source, target) = (folder.Make("source"), folder.Make("target"));
        Posix.Create(EveryOddName, source);
        var plan = await MemoryTree.PlanAsync(EveryOddName, buckets);
        PlanFile.Write(folder.Make("plan"), plan);

        foreach (var bucket in plan.Buckets)
        {
            var file = Path.Combine(folder.Path, "plan", BucketFile.NameOf(plan.Stamp, bucket));
            string[] from0 = file.EndsWith('0') ? ["--from0"] : [];
            await Shell.RunAsync("rsync", [], ["rsync", "-av", "-r", .. from0, $"--files-from={file}", source, target]);
        }
        (await FoundAsync(target)).ShouldBe(await FoundAsync(source));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Each_bucket_alone_brings_what_it_says_through_standard_input()
    {
        using var folder = new TemporaryFolder();
        var source = folder.Make("source");
        Posix.Create(EveryOddName, source);
        var plan = await MemoryTree.PlanAsync(EveryOddName, 3);
        plan.Levels.Length.ShouldBeGreaterThan(1);
        foreach (var bucket in plan.Buckets)
        {
            var target = folder.Make($"target{bucket.Number}");
            await Shell.RunAsync("rsync", BucketFile.AsNulSeparated(bucket), "rsync", "-a", "-r", "--from0", "--files-from=-", source, target);
            var arrived = (await FoundAsync(target)).Select(line => EntryPath.FromBytes(Latin(line[2..]))).Where(path => !plan.Levels.Contains(path)).Order();
            arrived.ShouldBe(EveryOddName.Entries().Select(entry => entry.Path).Where(path => bucket.Items.Any(path.IsWithin)).Order());
        }
    }

    private static async Task<List<string>> FoundAsync(string folder) =>
        [.. Encoding.Latin1.GetString(await Shell.RunAsync("findutils", [], "find", folder, "-mindepth", "1", "-printf", "%y %P\\0")).Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    private static Bucket Bucket(params string[] names) => new(7, Totals.Zero, TimeSpan.Zero, [.. names.Select(EntryPath.Parse)]);

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Text(Bucket bucket)
    {
        using var stream = new MemoryStream();
        BucketFile.Write(stream, bucket);
        return stream.ToArray();
    }
}

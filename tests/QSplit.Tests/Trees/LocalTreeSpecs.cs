using System.Text;
using QSplit.Testing;
using QSplit.Trees;

namespace QSplit.Tests.Trees;

public sealed class LocalTreeSpecs : IDisposable
{
    private static readonly LocalTreeOptions Usual = new();
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _quick = new(TemporaryFolder.InMemory);

    public void Dispose()
    {
        _folder.Dispose();
        _quick.Dispose();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(32)]
    public async Task Totals_are_those_of_du_and_find(int parallelism)
    {
        OddTree.Make(_folder.Path);

        var tree = await CrawlAsync(_folder.Path, Usual with { Parallelism = parallelism });

        // -l counts every name, as rsync does.
        tree.Totals.Bytes.ShouldBe(long.Parse(Tool.Read("du", "-slB1", "--", _folder.Path).Split('\t')[0]));
        var found = Tool.Read("find", _folder.Path, "-printf", "%y %s\\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToArray();
        tree.Totals.Entries.ShouldBe(found.Length);
        tree.Totals.LogicalBytes.ShouldBe(found.Where(entry => entry[0] is "f" or "l").Sum(entry => long.Parse(entry[1])));
    }

    [Fact(Timeout = HangLimit)]
    public async Task Every_entry_is_told_once_with_its_kind_whatever_its_name()
    {
        OddTree.Make(_folder.Path);

        var entries = await EntriesAsync(await CrawlAsync(_folder.Path));

        // Latin-1 keeps bytes apart in text; names end in NUL.
        var find = Encoding.Latin1.GetString(await OutputAsync("find", _folder.Path, "-mindepth", "1", "-printf", "%y %P\\0")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        entries.Select(entry => $"{Letter(entry.Kind)} {Encoding.Latin1.GetString(entry.Path.Bytes)}").Order(StringComparer.Ordinal)
            .ShouldBe(find.Select(line => line[0] is 'p' or 's' or 'c' ? "s" + line[1..] : line).Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_is_the_sum_of_its_children_and_itself()
    {
        TreeMaker.Make(_quick.Path, new(Seed: 1, Files: 2000, Bytes: 20_000_000));
        var tree = await CrawlAsync(_quick.Path);

        foreach (var directory in (await EntriesAsync(tree)).Where(entry => entry.Kind == EntryKind.Directory).Select(entry => entry.Path).Append(EntryPath.Root))
        {
            var read = await tree.ReadAsync(directory, Token);
            var own = read.Totals - read.Children.Aggregate(Totals.Zero, (sum, child) => sum + child.Totals);
            own.Entries.ShouldBe(1);
            own.LogicalBytes.ShouldBe(0);
            read.Path.ShouldBe(directory);
        }
        tree.Totals.LogicalBytes.ShouldBe(20_000_000);
        tree.Notes.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_link_to_a_directory_is_a_link_and_nothing_below_it_is_read()
    {
        _folder.MakeDirectory("elsewhere/below");
        var files = new ByteFiles(_folder.MakeDirectory("source"));
        files.Symlink("out"u8, "../elsewhere"u8);
        files.Symlink("up"u8, "."u8);

        var tree = await CrawlAsync(_folder["source"]);

        tree.Totals.Entries.ShouldBe(3);
        var root = await tree.ReadAsync(EntryPath.Root, Token);
        root.Children.ShouldAllBe(child => child.Kind == EntryKind.Symlink && !child.Expandable && child.Totals.Entries == 1);
        await Should.ThrowAsync<StorageException>(() => tree.ReadAsync(EntryPath.Parse("out"), Token));
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_belongs_to_a_file_system_or_a_server_is_left_out_and_said()
    {
        foreach (var name in (string[])["a/.snapshot", "a/.snapshots", ".zfs/snapshot/x", "b/.ckpt", "lost+found", ".Trash-0", "a/.snap", "a/kept.snapshot", "a/.snapshot-not"])
            _folder.MakeDirectory(name);
        await File.WriteAllTextAsync(_folder["aquota.user"], "", Token);
        await File.WriteAllTextAsync(_folder["a/aquota.user"], "a file of a user", Token);
        await File.WriteAllTextAsync(_folder["a/.snapshot-file"], "a file of that name is kept", Token);

        var tree = await CrawlAsync(_folder.Path);

        var paths = (await EntriesAsync(tree)).Select(entry => entry.Path.ToString());
        paths.Order(StringComparer.Ordinal).ShouldBe(["./a", "./a/.snap", "./a/.snapshot-file", "./a/.snapshot-not", "./a/aquota.user", "./a/kept.snapshot", "./b"]);
        tree.Totals.Entries.ShouldBe(8);
        tree.Notes.Select(note => $"{note.Kind} {note.Path}").ShouldBe(["LeftOut .", "LeftOut ./.Trash-0", "LeftOut ./.zfs", "LeftOut ./a/.snapshot", "LeftOut ./a/.snapshots", "LeftOut ./aquota.user", "LeftOut ./b/.ckpt", "LeftOut ./lost+found"]);
        tree.Notes[0].Text.ShouldStartWith("7 entries are left out by name, with all below: 1 .Trash-*, 1 .ckpt, 1 .snapshot, 1 .snapshots, 1 .zfs, 1 aquota.user, 1 lost+found.");
    }

    [Theory(Timeout = HangLimit)]
    [InlineData("*", "a,ab,b")]
    [InlineData("a*", "a,ab")]
    [InlineData("*b", "ab,b")]
    [InlineData("*a*", "a,ab")]
    [InlineData("a", "a")]
    [InlineData("?", "")]
    [InlineData("A", "")]
    [InlineData("", "")]
    public async Task I_can_say_which_directories_are_left_out(string pattern, string leftOut)
    {
        foreach (var name in (string[])["a", "ab", "b"]) _folder.MakeDirectory(name);

        var tree = await CrawlAsync(_folder.Path, Usual with { LeaveOut = [pattern] });

        string.Join(',', tree.Notes.Where(note => !note.Path.IsRoot).Select(note => Encoding.UTF8.GetString(note.Path.Name))).ShouldBe(leftOut);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Thousands_of_snapshots_are_said_in_a_hundred_lines_and_a_number()
    {
        for (var i = 0; i < 1500; i++) _quick.MakeDirectory($".Trash-{i:0000}");

        var tree = await CrawlAsync(_quick.Path);

        tree.Notes.Length.ShouldBe(101);
        tree.Notes[0].Text.ShouldStartWith("1,500 entries are left out by name, with all below: 1,500 .Trash-*.");
        tree.Notes[1].Path.ToString().ShouldBe("./.Trash-0000");
        tree.Notes[99].Path.ToString().ShouldBe("./.Trash-0098");
        tree.Notes[100].Text.ShouldContain("1,401 more");
        tree.Totals.Entries.ShouldBe(1);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Names_that_share_a_file_are_counted_each_and_said()
    {
        var files = new ByteFiles(_folder.MakeDirectory("source"));
        files.Directory("below"u8);
        files.File("one"u8, new byte[8192]);
        files.HardLink("below/two"u8, "one"u8);
        files.HardLink("below/three"u8, "one"u8);
        files.File("inside and out"u8, new byte[4096]);
        new ByteFiles(_folder.Path).HardLink("outside"u8, "source/inside and out"u8);

        var tree = await CrawlAsync(_folder["source"]);

        tree.HardLinks.ShouldBe(new HardLinkTotals(Files: 1, Names: 3, Bytes: 8192, CopiedBytes: 3 * 8192));
        tree.Notes.ShouldHaveSingleItem().Kind.ShouldBe(TreeNoteKind.HardLinks);
        tree.Notes[0].Text.ShouldStartWith("1 file has 3 names");
        var set = tree.ReadLinkedSets().ShouldHaveSingleItem();
        set.Totals.ShouldBe(new Totals(8192, 8192, 1));
        set.Names.Select(name => name.ToString()).ShouldBe(["./below/three", "./below/two", "./one"]);
        tree.Totals.LogicalBytes.ShouldBe(3 * 8192 + 4096);
    }

    [Fact(Timeout = HangLimit)]
    public async Task Large_holes_are_said()
    {
        new ByteFiles(_folder.Path).SparseFile("disk.img"u8, 3L << 30, "end"u8);

        var tree = await CrawlAsync(_folder.Path);

        tree.Totals.LogicalBytes.ShouldBe(3L << 30);
        tree.Totals.Bytes.ShouldBeLessThan(1 << 20);
        var note = tree.Notes.ShouldHaveSingleItem();
        note.Kind.ShouldBe(TreeNoteKind.Sparse);
        note.Text.ShouldStartWith("1 file shows 3.0 GiB more than it holds");
    }

    [Fact(Timeout = HangLimit)]
    public async Task Paths_longer_than_the_system_can_say_are_read_to_the_end()
    {
        // 60 names of 255 bytes: four times PATH_MAX. Made from the inside out, no path that is said is long.
        await File.WriteAllTextAsync(_folder.MakeDirectory("inner") + "/file", "hello", Token);
        for (var level = 1; level <= 60; level++)
        {
            Directory.Move(_folder["inner"], _folder.MakeDirectory("outer") + "/" + new string('d', 255));
            Directory.Move(_folder["outer"], _folder["inner"]);
        }

        var tree = await CrawlAsync(_folder["inner"]);

        tree.Totals.Entries.ShouldBe(62);
        var note = tree.Notes.ShouldHaveSingleItem();
        (note.Kind, note.Path.Depth).ShouldBe((TreeNoteKind.TooLong, 17));
        note.Text.ShouldBe("Its path has 4,351 bytes, which is too long for rsync (4,095 at most): it is not copied, with 44 entries below it. Shorten the path on the source.");
        var deepest = (await EntriesAsync(tree)).Single(entry => entry.Kind == EntryKind.File);
        deepest.Path.Depth.ShouldBe(61);
        deepest.Path.Bytes.Length.ShouldBe(60 * 256 + 4);
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_directory_with_tens_of_thousands_of_files_is_told_whole()
    {
        TreeMaker.Make(_quick.Path, new(Seed: 1, Files: 30_000, Bytes: 0, Depth: 0));

        var tree = await CrawlAsync(_quick.Path);

        var root = await tree.ReadAsync(EntryPath.Root, Token);
        root.Children.Select(child => Encoding.ASCII.GetString(child.Name.Span)).Distinct().Count().ShouldBe(30_000);
        root.Totals.Entries.ShouldBe(30_001);
    }

    [Fact(Timeout = HangLimit)]
    public async Task An_empty_source_is_one_entry()
    {
        var tree = await CrawlAsync(_folder.Path);

        tree.Totals.Entries.ShouldBe(1);
        (await tree.ReadAsync(EntryPath.Root, Token)).Children.ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_link_to_the_source_may_be_given_and_its_target_is_told()
    {
        _folder.MakeDirectory("source/below");
        Directory.CreateSymbolicLink(_folder["link"], "source");

        var tree = await CrawlAsync(_folder["link"]);

        tree.Location.ShouldBe(_folder["source"]);
        tree.Totals.Entries.ShouldBe(2);
    }

    [Fact(Timeout = HangLimit)]
    public async Task I_am_told_how_far_it_is()
    {
        TreeMaker.Make(_quick.Path, new(Seed: 1, Files: 5000, Bytes: 5000));
        var progress = new Progress();

        var tree = await LocalTree.CrawlAsync(_quick.Path, Usual, progress, Token);

        progress.Reports.Count.ShouldBeGreaterThan(2);
        progress.Reports[^1].Totals.ShouldBe(tree.Totals);
        progress.Reports[^1].Directories.ShouldBe((await EntriesAsync(tree)).Count(entry => entry.Kind == EntryKind.Directory) + 1);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<LocalTree> CrawlAsync(string directory, LocalTreeOptions? options = null) => LocalTree.CrawlAsync(directory, options ?? Usual, null, Token);

    private static async Task<List<(EntryPath Path, EntryKind Kind)>> EntriesAsync(LocalTree tree)
    {
        var entries = new List<(EntryPath, EntryKind)>();
        var ahead = new Stack<EntryPath>([EntryPath.Root]);
        while (ahead.TryPop(out var directory))
        {
            foreach (var child in (await tree.ReadAsync(directory, Token)).Children)
            {
                var path = directory.Combine(child.Name.Span);
                entries.Add((path, child.Kind));
                if (child.Expandable) ahead.Push(path);
            }
        }
        return entries;
    }

    private static async Task<byte[]> OutputAsync(string file, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, Token);
        return output.ToArray();
    }

    private static char Letter(EntryKind kind) => kind switch { EntryKind.File => 'f', EntryKind.Directory => 'd', EntryKind.Symlink => 'l', _ => 's' };

    private sealed class Progress : IProgress<CrawlProgress>
    {
        public List<CrawlProgress> Reports { get; } = [];

        public void Report(CrawlProgress value)
        {
            lock (Reports) Reports.Add(value);
        }
    }
}

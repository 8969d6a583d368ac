using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QSplit.Emulator.Served;

namespace QSplit.Qumulo.Tests.Synthetic;

public sealed class SyntheticTreeSpecs
{
    [Theory]
    [InlineData("files=1e4,seed=7", 10_000, 640_000)]
    [InlineData("files=1e5,seed=3,changes=1000", 100_000, 6_400_000)]
    [InlineData("files=12345,shape=even,bytes=1GB", 12_345, 244_140)]
    [InlineData("files=1e4,shape=skewed", 10_000, 640_000)]
    [InlineData("files=1e4,shape=deep", 10_000, 640_000)]
    [InlineData("files=1000,shape=deep,changes=100", 1000, 64_000)]
    [InlineData("files=1e4,shape=flat,changes=8", 10_000, 640_000)]
    public void All_entries_together_are_what_every_directory_says(string text, long files, long blocks)
    {
        var tree = SyntheticWalk.Tree(text);
        var found = new Dictionary<string, ServedTotals>();
        var said = new Dictionary<string, ServedTotals>();
        foreach (var entry in tree.All().Reverse())
        {
            var sum = found.GetValueOrDefault(entry.Path) + Alone(entry);
            if (entry.Type == ServedType.Directory) tree.TotalsOf(entry).ShouldBe(sum, entry.Path);
            if (said.TryGetValue(entry.Path, out var shown)) shown.ShouldBe(sum, entry.Path);
            if (entry.Type == ServedType.Directory) foreach (var (child, totals) in tree.ReadTotals(entry)) totals.ShouldBe(child.Type == ServedType.Directory ? tree.TotalsOf(child) : Alone(child), child.Path);
            if (entry.Path == "/") continue;
            var parent = Parent(entry.Path);
            found[parent] = found.GetValueOrDefault(parent) + sum;
        }
        var root = tree.TotalsOf(tree.Root());
        root.Files.ShouldBe(files);
        (root.Data + root.Meta).ShouldBe(blocks);
    }

    [Theory]
    [InlineData("files=1e12,seed=7")]
    [InlineData("files=1e12,seed=8,bytes=2e18")]
    [InlineData("files=1e12,shape=even")]
    [InlineData("files=1e12,shape=skewed")]
    [InlineData("files=1e12,shape=deep,changes=1e4")]
    public void Sums_are_exact_on_any_way_down_a_tree_of_10_to_the_12_files(string text)
    {
        var tree = SyntheticWalk.Tree(text);
        tree.TotalsOf(tree.Root()).Files.ShouldBe(1_000_000_000_000);
        for (var way = 0; way < 20; way++)
        {
            foreach (var directory in tree.Descend(new Random(way)))
            {
                var totals = tree.TotalsOf(directory);
                tree.SumOver(directory).ShouldBe(totals, directory.Path);
                tree.ReadTotals(directory).ShouldAllBe(child => child.Totals.Data >= 0 && child.Totals.Files >= 0 && child.Totals.Directories >= 0 && child.Totals.Symlinks >= 0);
                directory.ChildCount.ShouldBeInRange(0, 5000);
            }
        }
    }

    [Fact]
    public Task The_same_text_is_the_same_tree_on_every_machine()
    {
        Fingerprint("files=1e4,seed=7").ShouldBe("53a8d0982fd0446c93e9eb8e247bc19d993e55b4043eeae8db217352b4652668");
        Fingerprint("files=1e4,seed=8").ShouldNotBe(Fingerprint("files=1e4,seed=7"));
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("files=5000,seed=7,changes=40")]
    [InlineData("files=2000,shape=deep")]
    [InlineData("files=2000,shape=flat")]
    public void Every_entry_is_found_by_its_path_and_by_its_id_and_no_id_is_there_twice(string text)
    {
        var (tree, other) = (SyntheticWalk.Tree(text), SyntheticWalk.Tree(text));
        var all = tree.All().ToList();
        foreach (var entry in all)
        {
            other.Find(entry.Path).ShouldBe(entry);
            other.FindById(entry.Id).ShouldBe(entry);
        }
        all.DistinctBy(entry => entry.Id).Count().ShouldBe(all.Count);
        all.DistinctBy(entry => entry.Path).Count().ShouldBe(all.Count);
        all.ShouldAllBe(entry => UInt128.Parse(entry.Id, CultureInfo.InvariantCulture) >> 97 == 0);
    }

    [Fact]
    public void What_lies_deep_in_10_to_the_12_files_is_found_by_its_path_and_by_its_id()
    {
        var tree = SyntheticWalk.Tree("files=1e12,seed=7");
        for (var way = 0; way < 50; way++)
        {
            foreach (var child in tree.ReadChildren(tree.Descend(new Random(way)).Last(), 0))
            {
                tree.Find(child.Path).ShouldBe(child);
                tree.FindById(child.Id).ShouldBe(child);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nowhere")]
    [InlineData("/nowhere")]
    [InlineData("/project-999999999")]
    [InlineData("/project-00")]
    [InlineData("/99999999999999999999999")]
    [InlineData("/arrivals")]
    [InlineData("//")]
    public Task What_is_not_there_is_not_found(string path)
    {
        var tree = SyntheticWalk.Tree("files=1e9");
        tree.Find(path).ShouldBeNull();
        tree.Find(tree.ReadChildren(tree.Root(), 0).Last().Path + "/below-0").ShouldBeNull();
        foreach (var id in (string[])["", "x", "2", "79228162514264337593543950337", "79228162515306337593543950338", "999999999999999999999999999999999999999999"])
            tree.FindById(id).ShouldBeNull(id);
        return Task.CompletedTask;
    }

    [Fact]
    public void Pages_of_a_directory_of_a_million_files_bring_each_once()
    {
        var tree = SyntheticWalk.Tree("files=1e6,shape=flat");
        var root = tree.Root();
        var (seen, data, after) = (new HashSet<string>(), 0L, 0L);
        while (tree.ReadChildren(root, after).Take(1000).ToList() is { Count: > 0 } page)
        {
            foreach (var entry in page)
            {
                seen.Add(entry.Name).ShouldBeTrue(entry.Name);
                data += entry.DataBlocks;
            }
            after = page[^1].Cursor;
        }
        seen.Count.ShouldBe(1_010_000);
        root.ChildCount.ShouldBe(1_010_000);
        data.ShouldBe(tree.TotalsOf(root).Data);
    }

    [Fact]
    public void Sizes_are_as_uneven_as_on_file_servers()
    {
        var tree = SyntheticWalk.Tree("files=1e5,seed=7");
        var sizes = tree.All().Where(entry => entry.Type == ServedType.File).Select(entry => entry.Size).Order().ToList();
        // Half of the files hold next to nothing, a hundredth holds a third.
        ((double)sizes.Take(sizes.Count / 2).Sum() / sizes.Sum()).ShouldBeLessThan(0.1);
        ((double)sizes.TakeLast(sizes.Count / 100).Sum() / sizes.Sum()).ShouldBeGreaterThan(0.3);
        var directories = tree.All().Where(entry => entry.Type == ServedType.Directory).ToList();
        directories.Max(entry => entry.Path.Count(c => c == '/')).ShouldBeInRange(4, 12);
        tree.All().ShouldContain(entry => entry.Name.Contains('#'));
        tree.All().ShouldContain(entry => entry.Name.Contains('"'));
        tree.All().ShouldContain(entry => entry.Name.StartsWith(' '));
        tree.All().ShouldContain(entry => Encoding.UTF8.GetByteCount(entry.Name) > entry.Name.Length);
        tree.All().ShouldContain(entry => entry.Type == ServedType.Symlink);
    }

    [Fact]
    public void Attributes_agree_with_each_other()
    {
        var tree = SyntheticWalk.Tree("files=1e4,seed=7,changes=100");
        foreach (var entry in tree.All())
        {
            entry.MetaBlocks.ShouldBe(1);
            if (entry.Type == ServedType.File) (((entry.Size + 4095) / 4096) - entry.DataBlocks).ShouldBeInRange(0, entry.DataBlocks == 0 ? 1 : 0, entry.Path);
            if (entry.Type != ServedType.Directory) continue;
            var children = tree.ReadChildren(entry, 0).ToList();
            entry.ChildCount.ShouldBe(children.Count, entry.Path);
            entry.Size.ShouldBe(512 * children.Count);
            entry.Links.ShouldBe(2 + children.Count(child => child.Type == ServedType.Directory), entry.Path);
            children.Select(child => child.Cursor).ShouldBeUnique();
            children.ShouldAllBe(child => child.Cursor > 0 && child.Path == $"{entry.Path.TrimEnd('/')}/{child.Name}");
        }
    }

    private static string Fingerprint(string text)
    {
        var tree = SyntheticWalk.Tree(text);
        var whole = string.Join('\n', tree.All().Select(entry => $"{entry.Id} {entry.Path} {entry.Type} {entry.Size} {entry.DataBlocks} {entry.Modified.Seconds} {(entry.Type == ServedType.Directory ? tree.TotalsOf(entry).Data : 0)}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)));
    }

    private static ServedTotals Alone(ServedEntry entry) => new(
        entry.DataBlocks, entry.MetaBlocks, entry.Type == ServedType.File ? 1 : 0, entry.Type == ServedType.Directory ? 1 : 0, entry.Type == ServedType.Symlink ? 1 : 0, 0);

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "/";
}

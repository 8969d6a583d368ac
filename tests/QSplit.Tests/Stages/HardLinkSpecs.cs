using QSplit.Partitioning;
using QSplit.Testing;
using QSplit.Verifications;

namespace QSplit.Tests.Stages;

/// <summary>What is one file under several names is one on the target too, also where its names lie in different buckets.</summary>
public sealed class HardLinkSpecs : IDisposable
{
    private static readonly TreeComparisonOptions WithLinks = new(HardLinks: true);
    private readonly VerifiedSite _site = new();

    public void Dispose() => _site.Dispose();

    [Theory(Timeout = HangLimit)]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 9)]
    public async Task Links_are_kept_within_buckets_and_over_them_in_a_baseline_and_in_syncs(int seed, int buckets)
    {
        var random = new Random(seed);
        TreeMaker.Make(_site["source"], new(seed, 80, 200_000, FilesPerDirectory: 4));
        LinkAtRandom(random, 30);
        _site.WriteManifest(buckets, "options: [--hard-links]");

        var copied = await _site.MigrateAsync();

        copied.Run.IsFinished.ShouldBeTrue(copied.HowToGoOn);
        TreeComparison.Differences(_site["source"], _site["target"], WithLinks).ShouldBeEmpty();
        copied.Plan.Linked.IsEmpty.ShouldBe(buckets == 1);
        LinkAtRandom(random, 10);
        foreach (var file in Files().Where((_, i) => i % 9 == 0)) File.AppendAllText(file, "more");
        (await _site.SyncAsync()).Run.IsFinished.ShouldBeTrue();
        TreeComparison.Differences(_site["source"], _site["target"], WithLinks).ShouldBeEmpty();
        (await _site.VerifyAsync()).Run.Checked.Found.ShouldBeEmpty();
    }

    /// <remarks>They look alike to rsync, which links other names to the old content then.</remarks>
    [Fact(Timeout = HangLimit)]
    public async Task A_name_that_was_linked_to_another_file_of_the_same_size_and_time_is_found_and_repaired()
    {
        AddLookalikes();
        _site.WriteManifest(1, "options: [--hard-links]");
        await _site.MigrateAsync();
        Tool.Read("ln", "-f", _site["source/d/5"], _site["source/b/link"]);
        await _site.SyncAsync();

        (await FoundAsync()).ShouldBe([(DifferenceKind.Content, "./b/link")]);
        await _site.RepairAsync();
        // The other name kept what both had before.
        (await FoundAsync()).ShouldBe([(DifferenceKind.HardLink, "./b/link"), (DifferenceKind.HardLink, "./d/5")], ignoreOrder: true);
        await _site.RepairAsync();
        (await FoundAsync()).ShouldBeEmpty();
        TreeComparison.Differences(_site["source"], _site["target"], WithLinks).ShouldBeEmpty();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_link_that_is_missing_is_a_difference_although_all_else_is_equal(int buckets)
    {
        AddLookalikes();
        _site.WriteManifest(buckets, "options: [--hard-links]");
        (await _site.MigrateAsync()).Plan.Linked.IsEmpty.ShouldBe(buckets == 1);
        Tool.Read("sh", "-c", $"cd '{_site["target"]}' && cp -p a/1 copy && mv copy b/link && touch -r '{_site["source"]}' . && touch -r '{_site["source/b"]}' b");

        (await FoundAsync()).ShouldBe([(DifferenceKind.HardLink, "./a/1"), (DifferenceKind.HardLink, "./b/link")], ignoreOrder: true);
        await _site.RepairAsync();
        (await FoundAsync()).ShouldBeEmpty();
        TreeComparison.Differences(_site["source"], _site["target"], WithLinks).ShouldBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task Nobody_asked_so_each_name_is_a_file_of_its_own()
    {
        TreeMaker.Make(_site["source"], new(7, 40, 100_000, FilesPerDirectory: 4));
        LinkAtRandom(new Random(7), 20);
        _site.WriteManifest(5);

        var copied = await _site.MigrateAsync();

        copied.Plan.Linked.ShouldBeEmpty();
        TreeComparison.Differences(_site["source"], _site["target"]).ShouldBeEmpty();
        TreeComparison.Differences(_site["source"], _site["target"], WithLinks).ShouldNotBeEmpty();
    }

    [Fact(Timeout = HangLimit)]
    public async Task A_list_of_links_that_was_changed_or_is_gone_is_refused()
    {
        TreeMaker.Make(_site["source"], new(7, 40, 100_000, FilesPerDirectory: 4));
        LinkAtRandom(new Random(7), 20);
        _site.WriteManifest(5, "options: [-H]");
        var copied = await _site.MigrateAsync();
        var list = Path.Combine(copied.Folder, $"qsync_{copied.Plan.Stamp}_links.txt0");
        PlanFile.Read(copied.Folder).Linked.ShouldBe(copied.Plan.Linked);

        File.AppendAllText(list, "./one more\0");
        Should.Throw<StorageException>(() => PlanFile.Read(copied.Folder)).Message.ShouldContain("was changed after the plan was made");
        File.Delete(list);
        Should.Throw<StorageException>(() => PlanFile.Read(copied.Folder)).Message.ShouldContain("is missing");
    }

    private async Task<IEnumerable<(DifferenceKind Kind, string Path)>> FoundAsync() =>
        (await _site.VerifyAsync()).Run.Checked.Found.SelectMany(found => found.First.Select(path => (found.Kind, path)));

    // Two files of the same size and time, and a second name of the first.
    private void AddLookalikes()
    {
        foreach (var name in (string[])["a", "b", "d"]) Directory.CreateDirectory(_site[$"source/{name}"]);
        foreach (var (file, content) in new[] { ("a/1", "a1"), ("d/5", "d5") })
        {
            File.WriteAllText(_site[$"source/{file}"], content);
            Tool.Read("touch", "-d", "2020-01-01", _site[$"source/{file}"]);
        }
        Tool.Read("ln", _site["source/a/1"], _site["source/b/link"]);
    }

    private void LinkAtRandom(Random random, int count)
    {
        var (files, directories) = (Files(), Directory.EnumerateDirectories(_site["source"], "*", SearchOption.AllDirectories).Append(_site["source"]).Order(StringComparer.Ordinal).ToList());
        for (var i = 0; i < count; i++)
        {
            var name = Path.Combine(directories[random.Next(directories.Count)], $"link-{random.Next()}");
            Tool.Read("ln", files[random.Next(files.Count)], name);
        }
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(_site["source"], "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).LinkTarget is null).Order(StringComparer.Ordinal)];
}

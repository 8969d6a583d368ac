using QSplit.Deletions;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>Directories that are made anew under their old names, and trees of which nothing is left that the baseline had.</summary>
public sealed class MadeAnewSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task What_was_in_a_directory_that_was_made_anew_is_listed_however_the_new_one_is_divided()
    {
        await using var site = await ChangingSite.StartAsync(SourceKind.Frozen, buckets: 2);
        site.AddFile("a/was/there");
        site.AddFile("a/old");
        site.AddFile("b/other");
        await site.MigrateAsync();
        Directory.Delete(Path.Combine(site.Source, "a"), recursive: true);
        site.AddFile("a/new", "one bucket");
        site.AddFile("a/newer", "and another");

        var synced = await site.SyncAsync();

        synced.Plan.Buckets.SelectMany(bucket => bucket.Items).Select(item => $"{item}").ShouldBe(["./a/new", "./a/newer"], ignoreOrder: true);
        DeletionFile.Read(synced.Folder).Items.Select(item => $"{item.Path}").ShouldBe(["./a/old", "./a/was"], ignoreOrder: true);
        (await site.CutoverAsync()).Cutover.IsSignedOff.ShouldBeTrue();
        site.Differences().ShouldBeEmpty();
    }

    [Theory(Timeout = HangLimit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tree_that_has_become_another_by_and_by_is_known_all_the_same(bool deletes)
    {
        await using var site = await ChangingSite.StartAsync(SourceKind.Frozen);
        for (var i = 0; i < 6; i++) site.AddFile($"d{i}/file");
        await site.MigrateAsync();
        for (var i = 0; i < 6; i += 2)
        {
            for (var j = i; j < i + 2; j++) Directory.Move(Path.Combine(site.Source, $"d{j}"), Path.Combine(site.Source, $"e{j}"));
            var synced = await site.SyncAsync(acceptDrift: false);
            synced.Run.IsFinished.ShouldBeTrue(synced.HowToGoOn);
            if (deletes) (await site.SyncAsync(synced.Folder, acceptDrift: false)).Run.Moved.Deleted.ShouldBe(4);
        }

        var ended = await site.CutoverAsync(acceptDrift: false);

        ended.Cutover.IsSignedOff.ShouldBeTrue(ended.HowToGoOn);
        site.Differences().ShouldBeEmpty();
    }
}

using QSplit.Deletions;
using QSplit.Testing;
using QSplit.Trees;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>Entries whose names the API of a cluster cannot say: all else is divided as usual, and they arrive, change and go like the rest.</summary>
public sealed class UnnamedEntriesSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task They_are_copied_with_the_shared_directories_and_listed_when_they_are_only_on_the_target()
    {
        await using var site = await ChangingSite.StartAsync(SourceKind.Frozen);
        foreach (var name in (string[])["a/one", "a/two", "a/b/three"]) site.AddFile(name, new string('x', 100_000));
        var files = new ByteFiles(site.Source);
        var directory = (byte[])[.. "a/x"u8, 0xFF];
        files.Directory(directory);
        files.File([.. directory, .. "/in"u8], "in"u8);
        files.File([.. directory, .. "/gone"u8], "gone"u8);
        files.File([.. "a/"u8, 0xFE], "a file"u8);

        var copied = await site.MigrateAsync();

        copied.Plan.Buckets.Length.ShouldBe(2);
        copied.Plan.Levels.ShouldContain(EntryPath.Parse("a"));
        copied.Plan.Notes.ShouldHaveSingleItem().Text.ShouldContain("The source calls 2 entries by what cannot be names");
        site.Differences().ShouldBeEmpty();
        var compared = (await site.VerifyAsync()).Run.Checked;
        compared.IsClean.ShouldBeTrue();
        (compared.Balance.Compared, compared.Balance.Since).ShouldBe((copied.Plan.Totals.Entries, 0));

        Tool.Read("find", site.Source, "-name", "gone", "-not", "-path", "*/.snapshot/*", "-delete");
        var synced = await site.SyncAsync();
        var list = DeletionFile.Read(synced.Folder, DeletionFile.Name);
        list.Items.ShouldHaveSingleItem().Path.Bytes.ToArray().ShouldBe((byte[])[.. directory, .. "/gone"u8]);
        await site.SyncAsync(synced.Folder);
        site.Differences().ShouldBeEmpty();
    }
}

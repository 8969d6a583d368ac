using QSplit.Deletions;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>A difference of snapshots tells of what went from the source. What somebody put on the target is found by a look at all of it.</summary>
public sealed class StrayEntrySpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData(SourceKind.Frozen)]
    [InlineData(SourceKind.Directory)]
    public async Task A_dry_run_of_a_cutover_lists_exactly_what_the_cutover_deletes(SourceKind kind)
    {
        await using var site = await ChangingSite.StartAsync(kind);
        for (var i = 0; i < 12; i++) site.AddFile($"d{i / 4}/f{i}");
        await site.MigrateAsync();
        site.AddFile("late/below/f");
        await site.SyncAsync();
        File.Delete(Path.Combine(site.Source, "d0/f1"));
        Directory.Delete(Path.Combine(site.Source, "d1"), recursive: true);
        site.AddFile("later/f");
        foreach (var stray in (string[])["stray", "d0/stray", "d2/strays/a", "d2/strays/b", "late/below/stray"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(site.Target, stray))!);
            File.WriteAllText(Path.Combine(site.Target, stray), "of somebody");
        }

        var foretold = await site.RehearseAsync();
        var ended = await site.CutoverAsync();

        ended.Cutover.IsSignedOff.ShouldBeTrue(ended.HowToGoOn);
        site.Differences().ShouldBeEmpty();
        var run = ended.Cutover.Steps.Single(step => step.Name == "deletes").Run!;
        var deleted = DeletionFile.Read(site[$"artifacts/runs/{run}"], DeletionFile.Reviewed);
        deleted.Items.Select(item => $"{item.Path}").ShouldBe(["./d0/f1", "./d0/stray", "./d1", "./d2/strays", "./late/below/stray", "./stray"]);
        DeletionFile.Read(foretold.Folder).Items.ShouldBe(deleted.Items);
        foretold.Cutover.Steps.Single(step => step.Name == "deletes").Words.ShouldStartWith("12 entries of at most ");
        File.ReadAllText(Path.Combine(foretold.Folder, "deletes.md")).ShouldContain("./d2/strays/");
        ended.Cutover.Steps.Single(step => step.Name == "deletes").Words.ShouldStartWith("12 of 12 entries");
    }
}

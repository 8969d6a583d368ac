using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>Files with several names, on a cluster that tells of a change under one of them only.</summary>
public sealed class LinkedFilesSpecs
{
    [Theory(Timeout = HangLimit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_arrives_under_each_name_of_a_file(bool areKept)
    {
        await using var site = await SinceSite.StartAsync("new");
        site.WriteManifest("cluster: music, path: /, snapshot: new", "source: served, target: target", areKept ? "options: [--hard-links]" : "");
        site.Faults.OneName = true;
        // In two buckets: each half is as heavy as the other.
        foreach (var name in (string[])["a/one", "a/two", "b/three"]) site.AddFile(name, new string('x', 100_000));
        Tool.Read("ln", Path.Combine(site.Source, "a/one"), Path.Combine(site.Source, "b/linked"));
        await site.MigrateAsync();
        AreOne("a/one", "b/linked").ShouldBe(areKept);

        site.AddFile("a/one", "as it is");
        await site.SyncAsync();

        (site.HasArrived("a/one", "as it is"), site.HasArrived("b/linked", "as it is")).ShouldBe((true, true));
        AreOne("a/one", "b/linked").ShouldBe(areKept);
        site.ShouldHaveSaid("demo: 1 changed file has names that the cluster did not tell: every directory is listed for them");
        if (!areKept) return;

        Directory.CreateDirectory(Path.Combine(site.Source, "c"));
        Tool.Read("ln", Path.Combine(site.Source, "a/two"), Path.Combine(site.Source, "c/new"));
        await site.SyncAsync();
        AreOne("a/two", "c/new").ShouldBeTrue();

        bool AreOne(string one, string other) => Tool.Read("stat", "-c", "%i", Path.Combine(site.Target, one)) == Tool.Read("stat", "-c", "%i", Path.Combine(site.Target, other));
    }
}

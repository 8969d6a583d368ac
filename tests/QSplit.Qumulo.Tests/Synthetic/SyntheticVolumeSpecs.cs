using QSplit.Emulator.Served;
using QSplit.Emulator.Synthetic;

namespace QSplit.Qumulo.Tests.Synthetic;

public sealed class SyntheticVolumeSpecs
{
    [Theory]
    [InlineData("files=5000,seed=7,changes=40", 40)]
    [InlineData("files=5000,seed=7,changes=3", 3)]
    [InlineData("files=1000,shape=flat,changes=100", 100)]
    [InlineData("files=1000,seed=7", 0)]
    public async Task The_difference_of_two_snapshots_is_what_walking_both_finds(string text, int changes)
    {
        var volume = SyntheticWalk.Volume(text);
        var snapshots = await TakeAsync(volume, 4);
        for (var i = 1; i < snapshots.Count; i++) volume.Changes(snapshots[i - 1], snapshots[i]).Count().ShouldBe(changes);
        foreach (var (older, newer) in (IEnumerable<(int, int)>)[(0, 1), (1, 2), (0, 3), (2, 2)])
            volume.Changes(snapshots[older], snapshots[newer]).Select(change => $"{change.Operation} {change.Path}").Order(StringComparer.Ordinal)
                .ShouldBe(Difference(volume.In(snapshots[older]), volume.In(snapshots[newer])).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_head_goes_on_and_a_snapshot_stays()
    {
        var volume = SyntheticWalk.Volume("files=2000,changes=40");
        var before = volume.Head.All().ToList();
        var snapshot = (await TakeAsync(volume, 1))[0];
        volume.In(snapshot).All().ShouldBe(before);
        Difference(volume.In(snapshot), volume.Head).Count().ShouldBe(40);
        volume.Head.TotalsOf(volume.Head.Root()).ShouldBe(volume.In(snapshot).TotalsOf(volume.Head.Root()));
    }

    [Fact]
    public async Task Outside_of_its_directory_a_snapshot_shows_what_is_there_now()
    {
        var volume = SyntheticWalk.Volume("files=2000,changes=200");
        var directory = volume.Head.ReadTotals(volume.Head.Root()).Where(child => child.Entry.Type == ServedType.Directory && child.Entry.Name != "arrivals").MaxBy(child => child.Totals.Files).Entry;
        var snapshot = new ServedSnapshot(1, "one", directory.Id, directory.Path, DateTimeOffset.UnixEpoch, null);
        var before = Side(volume.Head, inside: true);
        await volume.FreezeAsync(snapshot, TestContext.Current.CancellationToken);
        Side(volume.Head, inside: true).ShouldNotBe(before);
        Side(volume.In(snapshot), inside: true).ShouldBe(before);
        Side(volume.In(snapshot), inside: false).ShouldBe(Side(volume.Head, inside: false));

        await volume.FreezeAsync(snapshot with { Number = 2 }, TestContext.Current.CancellationToken);
        var changes = volume.Changes(snapshot, snapshot with { Number = 2 }).ToList();
        changes.Count.ShouldBeInRange(1, 199);
        changes.ShouldAllBe(change => change.Path.StartsWith(directory.Path + "/", StringComparison.Ordinal));

        List<ServedEntry> Side(IServedTree tree, bool inside) => [.. tree.All().Where(entry => entry.Path.StartsWith(directory.Path + "/", StringComparison.Ordinal) == inside)];
    }

    [Fact]
    public async Task A_renamed_file_keeps_its_id()
    {
        var volume = SyntheticWalk.Volume("files=5000,changes=200");
        var snapshots = await TakeAsync(volume, 6);
        var trees = snapshots.Select(volume.In).ToList();
        var names = trees.Select(tree => tree.ReadChildren(tree.Find("/arrivals")!, 0).ToDictionary(file => file.Id, file => file.Path)).ToList();
        names[1].Keys.Intersect(names[0].Keys).Count(id => names[0][id] != names[1][id]).ShouldBeInRange(1, 30);
        foreach (var (tree, files) in trees.Zip(names))
            foreach (var (id, path) in files)
                tree.FindById(id)!.Path.ShouldBe(path);
        var gone = names[0].Keys.Except(names[5].Keys).ToList();
        gone.Count.ShouldBeGreaterThan(50);
        gone.ShouldAllBe(id => trees[5].FindById(id) == null);
    }

    [Fact]
    public async Task Changes_of_10_to_the_12_files_take_as_long_as_the_changes()
    {
        var volume = SyntheticWalk.Volume("files=1e12,changes=1000");
        var snapshots = await TakeAsync(volume, 2);
        var changes = volume.Changes(snapshots[0], snapshots[1]).ToList();
        changes.Count.ShouldBe(1000);
        changes.Where(change => change.Operation == "MODIFY").ShouldAllBe(change => volume.Head.Find(change.Path.TrimEnd('/')) != null);
    }

    [Fact]
    public async Task A_snapshot_that_was_let_go_is_not_there()
    {
        var volume = SyntheticWalk.Volume("files=1000");
        var snapshot = (await TakeAsync(volume, 1))[0];
        await volume.ForgetAsync(snapshot, TestContext.Current.CancellationToken);
        Should.Throw<ArgumentException>(() => volume.In(snapshot)).Message.ShouldContain("no snapshot 1");
    }

    private static async Task<List<ServedSnapshot>> TakeAsync(SyntheticVolume volume, int count)
    {
        var snapshots = Enumerable.Range(1, count).Select(number => new ServedSnapshot(number, "s", volume.Head.Root().Id, "/", DateTimeOffset.UnixEpoch, null)).ToList();
        foreach (var snapshot in snapshots) await volume.FreezeAsync(snapshot, TestContext.Current.CancellationToken);
        return snapshots;
    }

    private static IEnumerable<string> Difference(IServedTree older, IServedTree newer)
    {
        var (before, after) = (older.All().ToDictionary(Line), newer.All().ToDictionary(Line));
        return before.Keys.Except(after.Keys).Select(path => $"DELETE {path}")
            .Concat(after.Keys.Except(before.Keys).Select(path => $"CREATE {path}"))
            .Concat(after.Where(entry => before.TryGetValue(entry.Key, out var was) && was != entry.Value).Select(entry => $"MODIFY {entry.Key}"));
    }

    private static string Line(ServedEntry entry) => entry.Type == ServedType.Directory && entry.Path != "/" ? entry.Path + "/" : entry.Path;
}

using System.Text;
using QSplit.Emulator.Directories;
using QSplit.Emulator.Served;
using QSplit.Testing;
using QSplit.Trees;

namespace QSplit.Qumulo.Tests.Emulation;

/// <summary>A difference says enough, if the older copy becomes the newer one by what it says alone; and not too much, if what was never touched is not in it.</summary>
public sealed class ReplayedDifferenceSpecs
{
    private const string Untouched = "still";

    [Theory(Timeout = HangLimit)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_changes_can_be_replayed_from_the_difference_alone(int seed)
    {
        for (var round = 0; round < 6; round++)
        {
            using var folder = new TemporaryFolder(TemporaryFolder.InMemory);
            using var volume = DirectoryVolume.Open(Fill(folder, seed * 100 + round), TimeProvider.System);
            var random = new Random(seed * 100 + round);
            var older = await FreezeAsync(volume, 1);
            for (var i = random.Next(1, 30); i > 0; i--) Change(folder["served"], random);
            var newer = await FreezeAsync(volume, 2);

            var changes = volume.Changes(older, newer).ToArray();

            Replay(folder, older, newer, changes).ShouldBeEmpty($"seed {seed}, round {round}: {string.Join(", ", changes.Select(change => $"{change.Operation} {change.Path}"))}");
            changes.ShouldAllBe(change => !change.Path.StartsWith($"/{Untouched}", StringComparison.Ordinal));
        }
    }

    [Fact(Timeout = HangLimit)]
    public async Task What_changes_while_it_is_frozen_is_in_the_copy_or_in_the_next_difference()
    {
        using var folder = new TemporaryFolder(TemporaryFolder.InMemory);
        using var volume = DirectoryVolume.Open(Fill(folder, 7), TimeProvider.System);
        using var end = new CancellationTokenSource();
        var random = new Random(7);
        var writer = Task.Factory.StartNew(
            () =>
            {
                while (!end.IsCancellationRequested) Change(folder["served"], random);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var snapshots = new List<ServedSnapshot>();
        for (var number = 1; number <= 12; number++) snapshots.Add(await FreezeAsync(volume, number));
        await end.CancelAsync();
        await writer;

        foreach (var (older, newer) in snapshots.Zip(snapshots.Skip(1)))
            Replay(folder, older, newer, [.. volume.Changes(older, newer)], times: false).ShouldBeEmpty($"{older.Number} to {newer.Number}");
    }

    private static async Task<ServedSnapshot> FreezeAsync(DirectoryVolume volume, long number)
    {
        var snapshot = new ServedSnapshot(number, "s", "2", "/", DateTimeOffset.UnixEpoch, null);
        await volume.FreezeAsync(snapshot, TestContext.Current.CancellationToken);
        return snapshot;
    }

    private static string Fill(TemporaryFolder folder, int seed)
    {
        var root = folder.MakeDirectory("served");
        TreeMaker.Make(root, new TreeShape(seed, 60, 100_000, FilesPerDirectory: 5, Depth: 4));
        Directory.CreateDirectory(Path.Combine(root, Untouched, "below"));
        File.WriteAllText(Path.Combine(root, Untouched, "below", "file"), "x");
        return root;
    }

    /// <summary>One change somewhere. A name may be in the way or gone by now: then nothing happens.</summary>
    private static void Change(string root, Random random)
    {
        string[] all = [.. Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Where(path => !path.StartsWith(Path.Combine(root, ".snapshot"), StringComparison.Ordinal) && !path.StartsWith(Path.Combine(root, Untouched), StringComparison.Ordinal))];
        string[] directories = [root, .. all.Where(Directory.Exists)];
        var (one, to) = (all.Length == 0 ? root : all[random.Next(all.Length)], Path.Combine(directories[random.Next(directories.Length)], $"name-{random.Next(20)}"));
        try
        {
            switch (random.Next(9))
            {
                case 0 or 1 when File.Exists(one):
                    // Same size, same time.
                    var (time, content) = (File.GetLastWriteTimeUtc(one), File.ReadAllBytes(one));
                    if (content.Length > 0) content[random.Next(content.Length)]++;
                    File.WriteAllBytes(one, content);
                    File.SetLastWriteTimeUtc(one, time);
                    break;
                case 2 when File.Exists(one):
                    File.Delete(one);
                    break;
                case 3 when one != root && Directory.Exists(one):
                    Directory.Delete(one, recursive: true);
                    break;
                case 4:
                    File.WriteAllText(to, $"{random.Next()}");
                    break;
                case 5:
                    Directory.CreateDirectory(Path.Combine(to, "below"));
                    break;
                case 6 when one != root:
                    Directory.Move(one, to);
                    break;
                case 7 when !OperatingSystem.IsWindows() && one != root:
                    File.SetUnixFileMode(one, (UnixFileMode)0b111_000_000 | (UnixFileMode)random.Next(64));
                    break;
                case 8 when File.Exists(one):
                    Tool.Run("ln", one, to);
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Makes a copy of the older tree into the newer by the changes alone; what still differs then.</summary>
    private static IReadOnlyList<string> Replay(TemporaryFolder folder, ServedSnapshot older, ServedSnapshot newer, ServedChange[] changes, bool times = true)
    {
        var (before, after, replayed) = (Copy(older), Copy(newer), folder[$"replayed-{newer.Number}"]);
        Tool.Read("cp", "-a", before, replayed);
        foreach (var change in changes.Where(change => change.Operation == "DELETE")) Tool.Read("rm", "-rf", "--", replayed + change.Path.TrimEnd('/'));
        foreach (var change in changes.Where(change => change.Operation == "CREATE")) Tool.Read("cp", "-aT", after + change.Path.TrimEnd('/'), replayed + change.Path.TrimEnd('/'));
        foreach (var change in changes.Where(change => change.Operation == "MODIFY" && !change.Path.EndsWith('/'))) Tool.Read("cp", "-aT", "--remove-destination", after + change.Path, replayed + change.Path);
        foreach (var change in changes.Where(change => change.Operation == "MODIFY" && change.Path.EndsWith('/'))) Tool.Read("chmod", $"--reference={after}{change.Path}", replayed + change.Path);
        Retime(before, after, replayed, changes);
        return TreeComparison.Differences(after, replayed, new(DirectoryTimes: times));

        string Copy(ServedSnapshot snapshot) => Path.Combine(folder["served"], ".snapshot", snapshot.Directory);
    }

    // The replay itself touched directories: each gets the time of the newer copy if it was told of, else that of the older.
    private static void Retime(string before, string after, string replayed, ServedChange[] changes)
    {
        var told = changes.Where(change => change.Operation == "MODIFY").Select(change => change.Path.Trim('/')).ToHashSet(StringComparer.Ordinal);
        var target = new RealDirectory(replayed);
        foreach (var (path, _) in target.ReadAll().Where(entry => entry.Status.IsDirectory).ToArray())
        {
            var from = told.Contains(Encoding.UTF8.GetString(path.Bytes)) || new RealDirectory(before).Look(path) is not { IsDirectory: true } ? after : before;
            if (changes.Any(change => change.Operation == "CREATE" && path.IsWithin(EntryPath.FromBytes(Encoding.UTF8.GetBytes(change.Path.Trim('/')))))) from = after;
            if (new RealDirectory(from).Look(path) is { } status) target.SetModified(path, status.Modified);
        }
    }
}

using QSplit.Testing;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>A migration of a dozen files, all of it decided by a number: its kind of source, its passes, and what is changed between them.</summary>
internal static class SmallHistory
{
    private const int MostSyncs = 3;
    private const int MostChanges = 7;

    /// <returns>What went wrong, with all that was done; null where nothing did.</returns>
    public static async Task<string?> WhyNotAsync(int seed)
    {
        var random = new Random(seed);
        var kind = seed % 2 == 0 ? SourceKind.Frozen : seed % 4 == 1 ? SourceKind.Live : SourceKind.Directory;
        var hardLinks = kind == SourceKind.Directory && random.Next(2) == 0;
        await using var site = await ChangingSite.StartAsync(kind, random.Next(1, 4), $"deleteLimit: 100%{(hardLinks ? "\n    options: [--hard-links]" : "")}");
        TreeMaker.Make(site.Source, new(seed, 12, 12_000, FilesPerDirectory: 3, Depth: 4));
        var history = site.History(seed);
        history.Change(random.Next(MostChanges));
        await site.MigrateAsync();
        for (var pass = random.Next(MostSyncs + 1); pass > 0; pass--)
        {
            history.Done.Add("sync");
            history.Change(random.Next(MostChanges));
            var synced = await site.SyncAsync();
            if (!synced.Run.IsFinished) return Words(synced.HowToGoOn);
            if (random.Next(3) > 0) continue;
            // Now and then the list is carried out at once.
            history.Done.Add("deletes");
            history.Change(random.Next(3));
            synced = await site.SyncAsync(deletes: synced.Folder);
            if (!synced.Run.IsFinished) return Words(synced.HowToGoOn);
        }
        history.Done.Add("cutover");
        history.Change(random.Next(MostChanges));
        var ended = await site.CutoverAsync();
        return !ended.Cutover.IsSignedOff ? Words(ended.HowToGoOn)
            : site.Differences() is { Count: > 0 } differences ? Words($"It was signed off, and differs:\n{string.Join('\n', differences)}")
            : null;

        string Words(string why) => $"seed {seed}, {kind}{(hardLinks ? " with hard links" : "")}: {why}\n{string.Join('\n', history.Done)}\n---\n{site.Said}";
    }
}

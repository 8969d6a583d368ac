using System.Collections.Immutable;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Scripts;
using QSplit.Transports;
using QSplit.Trees;

namespace QSplit.Stages;

/// <summary>How much there is of what is only on a target, asked of a host: whoever reviews the list wants to know what it is about, and no more than that is to be deleted.</summary>
internal static class MeasureDeletions
{
    /// <returns>The list with its entries, as they are on the target, and their sizes; as it was where no host could tell.</returns>
    public static async Task<DeletionList> RunAsync(RunSession session, DeletionList list, CancellationToken cancellationToken) =>
        await CountAsync(session, list, cancellationToken) is { } found
            ? list with { Items = [.. list.Items.Select(item => item with { Entries = Math.Max(1, found[item.Path].Entries), Bytes = found[item.Path].Bytes })] }
            : list;

    /// <summary>The part of a list that may be deleted now: what is still there, and has no more in it than somebody reviewed.</summary>
    /// <returns>The list with its entries as they are now, and what has grown, with its entries now; null where no host could tell.</returns>
    public static async Task<(DeletionList List, ImmutableArray<(Deletion Item, long Now)> Grown)?> RecountAsync(
        RunSession session, DeletionList list, CancellationToken cancellationToken)
    {
        if (await CountAsync(session, list, cancellationToken) is not { } found) return null;
        var now = list.Items.Select(item => (Item: item, Now: found[item.Path].Entries)).ToList();
        return (
            list with { Items = [.. now.Where(one => one.Now > 0 && one.Now <= one.Item.Entries).Select(one => one.Item with { Entries = one.Now })] },
            [.. now.Where(one => one.Now > one.Item.Entries)]);
    }

    private static async Task<Dictionary<EntryPath, (long Entries, long Bytes)>?> CountAsync(
        RunSession session, DeletionList list, CancellationToken cancellationToken)
    {
        if (list.Items.IsEmpty) return [];
        if (session.Job.Hosts.FirstOrDefault(host => session.Findings.Of(host.Name) is { IsUsable: true }) is not { } host) return null;
        var found = list.Items.ToDictionary(item => item.Path, _ => (Entries: 0L, Bytes: 0L));
        // The outputs of a program are read by threads of their own.
        var answer = new Lock();
        void Hear(string line)
        {
            lock (answer) SizeQuestion.Add(line, found);
        }
        var isMeasured = await AskAsync(host, SizeQuestion.Of(session.Job.TargetOn(host), list), Hear, session.Around, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return isMeasured ? found : null;
    }

    // The list is worth having without it.
    private static async Task<bool> AskAsync(Host host, Script question, Action<string> hear, Surroundings around, CancellationToken cancellationToken)
    {
        try
        {
            return await around.Hosts.To(host).RunAsync(question, new Listener(hear, _ => { }, _ => { }), cancellationToken) is { IsKnown: true, ExitCode: 0 };
        }
        catch (StorageException)
        {
            return false;
        }
    }
}

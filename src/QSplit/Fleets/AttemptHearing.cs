using QSplit.Partitioning;
using QSplit.Runs;
using QSplit.Transfers;
using QSplit.Transports;
using QSplit.Trees;
using QSplit.Verifications;

namespace QSplit.Fleets;

/// <summary>All that is heard of one attempt, in its log and in what is read out of it.</summary>
/// <param name="sign">Called at everything that is heard.</param>
internal sealed class AttemptHearing(Transfer transfer, AttemptLog log, Action<long> progress, Action sign) : IDisposable
{
    // A tree has millions of entries: what is said of each is summed up, and the first are enough for a log.
    private const int MostOfEntries = 1000;
    private int _ofEntries;
    private string _tree = "";
    private string _room = "";

    public RsyncOutput Output { get; } = new(progress, transfer.WholeFiles);

    /// <summary>What it would do, where it only pretends; null where it does it.</summary>
    public PreviewReader? Preview { get; } = transfer.Paths.Pretence is { Check: null } ? new(transfer.Counts, transfer.IsKept) : null;

    /// <summary>What it finds, where it verifies; null where it does not.</summary>
    public CheckReader? Check { get; } = transfer is { Check: { } files, Paths.Pretence: { Check: { } pass } pretence }
        ? new(files, pass, transfer.Counts, new(EntryList.Read(transfer.List), countsMissing: pretence.Deletes && transfer.Pass != Pass.Seal, isListed: pass != CheckPass.Extras), transfer.Sampling) { IsKept = transfer.IsKept }
        : null;

    /// <summary>What it moved, or would have.</summary>
    public Moved Moved => Preview?.Moved ?? Output.Moved;

    /// <summary>The directories at the levels that it came by.</summary>
    public IReadOnlyList<EntryPath> Directories => Preview?.Directories ?? Check?.Directories ?? Output.Directories;

    /// <summary>How many entries rsync found on the source; null where it did not say.</summary>
    public long? Listed => Check is null ? Output.Listed : Check.Listed;

    public RsyncErrors Errors { get; } = new(transfer.Paths.Source, transfer.Paths.Target);

    public Listener Listener => new(
        line =>
        {
            sign();
            // A failure that rsync does not print as one.
            if (line.StartsWith(RsyncMessages.Bogus, StringComparison.Ordinal)) Errors.Add(line);
            if (IsForLog(line)) log.Add(line);
        },
        line =>
        {
            sign();
            Errors.Add(line);
            log.Add(line);
        },
        Said);

    /// <summary>Once the script said that the source is not the planned tree: in words.</summary>
    public string WhyNotTheTree => Witnesses.WhyNotTheTree(transfer.Paths.Source, transfer.Witnesses, _tree) ?? $"{transfer.Paths.Source} is not the tree that was planned";

    /// <summary>Once the script found that there is not enough room, or could not tell: in words.</summary>
    public string WhyNoRoom
    {
        get
        {
            var reserve = Reports.Humane.Bytes(transfer.Reserve ?? 0);
            return long.TryParse(_room, out var kibibytes)
                ? $"the target has {Reports.Humane.Bytes(kibibytes * 1024)} free, less than the reserve of {reserve}"
                : $"df does not tell how much room {transfer.Paths.Target} has, and {reserve} are to stay free there: mend that, or take 'reserve' out";
        }
    }

    public void Dispose() => Check?.Dispose();

    private bool IsForLog(string line)
    {
        if (Check?.Add(line) is { } heard) return heard.IsNews && (!heard.IsEntry || ++_ofEntries <= MostOfEntries);
        return Preview?.Add(line) == true ? ++_ofEntries <= MostOfEntries : Output.Add(line);
    }

    private void Said(string words)
    {
        sign();
        if (words.StartsWith("tree ", StringComparison.Ordinal)) _tree = words["tree ".Length..];
        else if (words.StartsWith("room ", StringComparison.Ordinal)) _room = words["room ".Length..];
    }
}

using QSplit.Scripts;
using QSplit.Transfers;

namespace QSplit.Fleets;

/// <summary>What one attempt is as a script: is this the planned tree, is there room, rsync in its fence, and is it the tree still.</summary>
internal static class JobScript
{
    // Codes of rsync that may mean that the source has gone altogether.
    private const string RsyncMissedSome = "23|24";

    public static Script Of(Transfer transfer)
    {
        var text = new ScriptText()
            .DefineTree(transfer.Paths.Source, transfer.Witnesses)
            .Line($"is_tree || finish {TreeQuestion.NotTheTree}");
        if (transfer.Reserve is { } reserve) text.RequireRoom(transfer.Paths.Target, reserve);
        text.Fenced(RsyncArguments.For(transfer.Pass, transfer.Paths), transfer.List.Length, transfer.Lease, Pulse(transfer.Stall));
        text.Line($"case $code in {RsyncMissedSome}) is_tree || finish {TreeQuestion.NotTheTree};; esac").Line("""finish "$code" """);
        return new Script(text.Bytes, transfer.List, true);
    }

    // Often enough that two looks in a row can be late.
    private static TimeSpan Pulse(TimeSpan stall) => TimeSpan.FromSeconds(Math.Clamp(stall.TotalSeconds / 4, 1, 30));
}

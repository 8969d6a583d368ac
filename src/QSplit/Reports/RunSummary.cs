using System.Collections.Immutable;
using QSplit.Deletions;
using QSplit.Manifests;
using QSplit.Partitioning;
using QSplit.Processes;
using QSplit.Runs;
using QSplit.Transfers;

namespace QSplit.Reports;

/// <summary>What a run came to, for the table at its end and for the report.</summary>
/// <param name="Plan">What was to be done.</param>
/// <param name="Run">What was done.</param>
/// <param name="Moved">In this session.</param>
/// <param name="Elapsed">Of this session.</param>
/// <param name="WasFinished">Whether there was nothing to do from the start.</param>
/// <param name="Source">The mounted source.</param>
/// <param name="Target">The mounted target.</param>
/// <param name="Folder">The run's folder, with plan, buckets, logs and report.</param>
/// <param name="Command">How to go on.</param>
public sealed record RunSummary(
    Plan Plan, RunState Run, Moved Moved, TimeSpan Elapsed, bool WasFinished, string Source, string Target, string Folder, string Command)
{
    /// <summary>The page to send on.</summary>
    public string PagePath => Path.Combine(Folder, "report.html");

    /// <summary>The same for pages of pull requests and jobs.</summary>
    public string MarkdownPath => Path.Combine(Folder, "report.md");

    /// <summary>Logical bytes a second in this session; null when it was too short to tell.</summary>
    public long? BytesPerSecond => Elapsed.TotalSeconds >= 0.001 && Moved.Bytes > 0 ? (long)(Moved.Bytes / Elapsed.TotalSeconds) : null;

    /// <summary>What is left, with its reason: buckets first, then the passes over the shared directories.</summary>
    public ImmutableArray<(string Work, TransferOutcome? Outcome, string Log)> Left =>
    [
        .. Run.LeftBuckets.Select(n => LeftOf(WorkUnit.OfBucket(n))),
        .. Run.Passes
            .Where(w => Run.StateOf(w) is { Last: not null, IsDone: false })
            .Select(LeftOf),
    ];

    /// <summary>The table as rows of name and value.</summary>
    public ImmutableArray<(string Name, string Value)> Rows => Run.IsDryRun ? DryRows : Run.IsVerification ? CheckRows :
    [
        ("Migration", Plan.Migration),
        ("Buckets", $"{Run.DoneBuckets.Count()} of {Run.Buckets.Count} done{(Run.LeftBuckets.Except(Run.UnsettledBuckets).Count() is > 0 and var some ? $", {some} with exceptions" : "")}"),
        .. Run.Started.Basis is { Words: { Length: > 0 } since } ? [("Since", since)] : ImmutableArray<(string, string)>.Empty,
        ("Planned", $"{Humane.Bytes(Plan.Totals.Bytes)}, {Plan.Totals.Entries} entries"),
        ("Moved", $"{Humane.Bytes(Moved.Bytes)}, {Moved.Files} files; {Moved.Created} entries new on the target"),
        .. Run.Started.Deletions > 0 ? [("Deleted", $"{Humane.Count(Moved.Deleted)} of {Humane.Count(Run.Started.Deletions, "entry", "entries")} that were only on the target")] : ImmutableArray<(string, string)>.Empty,
        .. Run.SetAside.Select(host => ("Set aside", $"{host.Key}: {host.Value}")),
        .. Run.Vanished > 0 ? [("Gone meanwhile", $"{Run.Vanished} entries")] : ImmutableArray<(string, string)>.Empty,
        ("Time", Humane.Duration(Elapsed)),
        .. BytesPerSecond is { } rate ? [("Rate", $"{Humane.Bytes(rate)}/s")] : ImmutableArray<(string, string)>.Empty,
        ("Balance", BalanceText),
    ];

    private ImmutableArray<(string Name, string Value)> DryRows =>
    [
        ("Migration", Plan.Migration),
        ("Buckets", $"{Run.DoneBuckets.Count()} of {Run.Buckets.Count} asked"),
        ("Planned", $"{Humane.Bytes(Plan.Totals.Bytes)}, {Plan.Totals.Entries} entries"),
        .. PreviewText.Rows(Run.Preview),
        ("Time", Humane.Duration(Elapsed)),
    ];

    private ImmutableArray<(string Name, string Value)> CheckRows =>
    [
        ("Migration", Plan.Migration),
        ("Buckets", $"{Run.DoneBuckets.Count()} of {Run.Buckets.Count} compared"),
        ("By", CheckedText.Terms(Run.Started.Check!)),
        .. CheckedText.Rows(Run.Checked),
        .. Run.Started.NotCovered is { IsEmpty: false } rest ? [("Not covered", string.Join("; ", rest))] : ImmutableArray<(string, string)>.Empty,
        .. Run.SetAside.Select(host => ("Set aside", $"{host.Key}: {host.Value}")),
        ("Time", Humane.Duration(Elapsed)),
    ];

    private string BalanceText
    {
        get
        {
            var seconds = Run.Buckets.Values.Where(b => b.IsDone).Select(b => b.Seconds).DefaultIfEmpty(0).ToList();
            var planned = Plan.Balance.Bound > 0 ? $"planned {(Plan.Balance.Heaviest / Plan.Balance.Bound - 1) * 100:0.0} % over the bound" : "nothing to balance";
            return $"{planned}; longest bucket {Humane.Duration(TimeSpan.FromSeconds(seconds.Max()))}, mean {Humane.Duration(TimeSpan.FromSeconds(seconds.Average()))}";
        }
    }

    /// <summary>What is to be done now: one sentence, or the command to go on with.</summary>
    public string HowToGoOn => Run.IsFinished
        ? WasFinished && CutOver is { } end
            ? $"All is done: the migration was {end}, and its target is in use."
            : IsLeftToNext
            ? $"{LeftText.Changed(Run.Exceptions)} All else that changed is across, as of this pass. All names: {ErrorsCommand}"
            : IsWithExceptions
            ? $"{LeftText.Of(Exceptions, Run)}. {(IsRetry ? "" : "All else is done. ")}{Remedies}All names: {ErrorsCommand}. {TryAgain}: {(LeftByLater is null ? Command : CommandText.For("Sync", Command))}"
            : Run.Started.Mode == RunMode.Repair
            ? Repaired(Command)
            : Run.Started.Mode == RunMode.Delete
            ? IsDeleted
            : Run.Started.Mode == RunMode.Look
            ? IsLooked
            : Run.IsVerification
            ? CheckedText.Verdict(Run.Checked)
            : Run.IsDryRun
            ? Run.Preview.IsNothing ? "There is nothing to do; nothing was written." : "That is what a run would do; nothing was written."
            : Run.Started.Mode == RunMode.Sync
            ? Synced(Run, Command, Folder)
            : WasFinished
            ? $"All is done already. To copy what changed since: {(Plan.Mover == MoverKind.Rsync ? Command.Replace("--target=Migrate", "--target=Sync", StringComparison.Ordinal) : $"{Command} --fresh")}"
            : "All is done."
        : $"{(Run.StopReason is { } reason ? $"The run stopped: {reason}. " : "")}{WhatIsLeft}{(IsTargetFull ? "Make room on the target first. " : "")}To go on: {Command}";

    /// <summary>What is to be done after a sync without exceptions.</summary>
    internal static string Synced(RunState run, string command, string folder) => run.Started.Basis switch
    {
        { Retry.Length: > 0 } => $"What could not be copied is copied now. It looked at nothing else: what changed since the pass before it is copied by {command}",
        { MayLack: true } => $"What was found to have changed is across; more may have. The next pass looks from where the last whole one ended; {CommandText.For("Verify", command)} finds it now.",
        _ when DeletionFile.CountWaiting(folder) is > 0 and var waiting =>
            $"All that changed is across, as of this pass, but for {Humane.Count(waiting, "entry", "entries")} in whose place the target has a directory: " +
            $"that is among what is only on the target. To have {(waiting == 1 ? "it" : "them")} copied, review {Path.Combine(folder, DeletionFile.Name)}, " +
            $"then delete by it: {CommandText.For("Sync", command)} --deletes={ShellQuote.Quote(Path.Combine(folder, DeletionFile.Name))}",
        _ => "All that changed is across, as of this pass.",
    };

    private bool IsRetry => Run.Started.Basis is { Retry.Length: > 0 };

    /// <summary>Whether it came to its end and some entries could not be copied.</summary>
    public bool IsWithExceptions => Run.IsFinished && !Exceptions.IsEmpty && !(WasFinished && CutOver is not null);

    /// <summary>That the target was cut over, in words: <c>cut over and signed off at ...</c>; null where it was not, or was not asked for.</summary>
    internal string? CutOver { get; init; }

    /// <summary>How a verification that found differences is gone on with.</summary>
    internal string RepairCommand => $"{Command} --repair{(CutOver is null ? "" : " --fresh")}";

    /// <summary>What the last pass could not copy, where that is another run and there was nothing to do in this one; null otherwise.</summary>
    internal ImmutableArray<FailedEntry>? LeftByLater { get; init; }

    private ImmutableArray<FailedEntry> Exceptions => LeftByLater ?? Run.Exceptions;

    /// <inheritdoc cref="RunState.IsLeftToNext"/>
    public bool IsLeftToNext => IsWithExceptions && Run.IsLeftToNext;

    // A sync deletes by the list that it is given.
    private string TryAgain => Run.Started.Mode == RunMode.Sync && LeftText.AreUndeleted(Exceptions, Run) ? "The next sync lists them again" : "To try them again";

    private string ErrorsCommand => CommandText.For("Errors", Command);

    // One for each class, as long as there are few.
    private string Remedies => string.Concat(Exceptions.Select(entry => entry.Class).Distinct().Order().Take(3).Select(of => $"{ExceptionClasses.Remedy(of, Run.Started.Terms.Options.Split(' '))} "));

    /// <summary>What is left to do after a repair.</summary>
    internal static string Repaired(string command) => $"What differed is mended. To prove that all is alike now: {command.Replace(" --repair", "", StringComparison.Ordinal)}";

    internal const string IsLooked = "What is only on the target is listed.";

    internal const string IsDeleted = "What was only on the target is deleted.";

    private bool IsTargetFull => Left.Any(l => l.Outcome is TransferOutcome.NoSpace);

    private string WhatIsLeft
    {
        get
        {
            var left = Plan.Buckets.Where(b => !Run.IsOver(Run.Buckets[b.Number])).ToList();
            var waits = Run.Deletes.Values.All(part => part.IsDone) ? "" : "Nothing is deleted before they are. ";
            if (left.Count == 0 && Run is { Exceptions: { IsEmpty: false } exceptions }) return $"{LeftText.Of(exceptions, Run)}. {waits}";
            return left.Count == 0 ? "" : $"{Humane.Count(left.Count, "bucket", "buckets")} of {Humane.Bytes(left.Sum(b => b.Totals.Bytes))} {(left.Count == 1 ? "is" : "are")} left. ";
        }
    }

    private (string, TransferOutcome?, string) LeftOf(WorkUnit work)
    {
        var state = Run.StateOf(work);
        return (work.ToString(), state.Last, LogOf(Folder, work, state));
    }

    /// <summary>The log of the last attempt.</summary>
    internal static string LogOf(string folder, WorkUnit work, WorkState state) => Path.Combine(folder, "logs", $"{work.FileName()}.{state.Attempts}.log");
}

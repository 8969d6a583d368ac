using System.Collections.Immutable;
using System.Text.Json.Serialization;
using QSplit.Manifests;
using QSplit.Transfers;
using QSplit.Trees;

namespace QSplit.Cutovers;

/// <summary>What is remembered of a cutover besides its runs, which the store has.</summary>
/// <param name="Id">Also its folder below that of the runs: <c>music/202611221730-cutover</c>.</param>
/// <param name="Frozen">What holds its source still.</param>
internal sealed record CutoverRecord(string Id, string Migration, DateTimeOffset Began, FrozenSource Frozen)
{
    /// <summary>What was found and taken as it is.</summary>
    public ImmutableArray<Acceptance> Accepted { get; init; } = [];

    /// <summary>How it ended; null before that.</summary>
    public SignedOff? SignedOff { get; init; }

    /// <summary>Whether somebody accepted just that before.</summary>
    public bool Has(AcceptTerms terms, string who) => terms.Only.IsEmpty
        ? Accepted.Any(given => given.Reason == terms.Reason && given.By == who.Trim())
        : terms.Only.All(only => Accepted.Any(given => given.By == who.Trim() && given.Exceptions.Any(of => of.Selector == only)));

    /// <summary>Those of exceptions of a pass.</summary>
    public IEnumerable<Acceptance> OfExceptions => Accepted.Where(accepted => !accepted.Exceptions.IsEmpty);

    /// <summary>Who accepted what a verification found, or that nothing is compared; null where nobody did.</summary>
    /// <param name="run">The verification; empty where nothing is compared.</param>
    public Acceptance? AcceptanceOf(string run) => Accepted.LastOrDefault(accepted => accepted.Run == run);
}

/// <summary>How a source is held still.</summary>
/// <param name="Word">What the operator said; empty where a snapshot does it.</param>
/// <param name="At">When that was said.</param>
internal sealed record FrozenSource(FreezeBy By, string Word, DateTimeOffset At);

/// <summary>An exception that somebody answers for.</summary>
/// <param name="What">What was found, in words.</param>
/// <param name="Run">The pass or the verification that found it; empty where nothing was compared.</param>
/// <param name="Reason">Why it is taken as it is; empty where only classes were named.</param>
/// <param name="By">Who says so.</param>
internal sealed record Acceptance(string What, string Run, string Reason, string By, DateTimeOffset At)
{
    /// <summary>Which exceptions of a pass; empty where it is of differences, or of a comparison that was not made.</summary>
    public ImmutableArray<AcceptedExceptions> Exceptions { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether it is of this exception of the pass that it is of.</summary>
    public bool Has(FailedEntry entry) => Exceptions.Any(of => of.Selector.Has(entry));

    /// <summary>By whom, and why.</summary>
    [JsonIgnore]
    public string Words => Reason.Length == 0 ? $"Accepted by {By}" : $"Accepted by {By}: {Reason}";
}

/// <summary>Exceptions of a pass that somebody accepted.</summary>
/// <param name="Path">They are at this path or below it, as <see cref="EntryPath.ToString"/> writes it; <c>.</c> for the whole source.</param>
/// <param name="Count">How many there were.</param>
internal sealed record AcceptedExceptions(ExceptionClass Class, string Path, int Count)
{
    [JsonIgnore]
    public ExceptionSelector Selector => new(Class, EntryPath.Parse(Path));
}

/// <summary>The end of a cutover.</summary>
/// <param name="Digest">Of the evidence: 64 hexadecimal digits.</param>
/// <param name="Key">The key that signed it, as ssh tells it; null where it is not signed.</param>
internal sealed record SignedOff(DateTimeOffset At, string Digest, string? Key);

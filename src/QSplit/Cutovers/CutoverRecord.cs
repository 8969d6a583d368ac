using System.Collections.Immutable;
using QSplit.Manifests;

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
/// <param name="Run">The verification that found it; empty where nothing was compared.</param>
/// <param name="Reason">Why it is taken as it is.</param>
/// <param name="By">Who says so.</param>
internal sealed record Acceptance(string What, string Run, string Reason, string By, DateTimeOffset At)
{
    /// <summary>Whether it was given in these words.</summary>
    public bool IsBy(string reason, string who) => Reason == reason.Trim() && By == who.Trim();
}

/// <summary>The end of a cutover.</summary>
/// <param name="Digest">Of the evidence: 64 hexadecimal digits.</param>
/// <param name="Key">The key that signed it, as ssh tells it; null where it is not signed.</param>
internal sealed record SignedOff(DateTimeOffset At, string Digest, string? Key);

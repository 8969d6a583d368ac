using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace QSplit.Reports;

/// <summary>How far a cutover is.</summary>
/// <param name="Id">Its folder among the runs: <c>music/202611221730-cutover</c>.</param>
/// <param name="Steps">All of them, in their order.</param>
/// <param name="Digest">Of its evidence, in hexadecimal; null until it is signed off.</param>
/// <param name="Key">What signed it; null where nothing did.</param>
/// <param name="Accepted">What was found and taken as it is, with who says so.</param>
public sealed record ReportCutover(string Id, DateTimeOffset Began, ImmutableArray<CutoverItem> Steps, string? Digest, string? Key, ImmutableArray<ReportAcceptance> Accepted)
{
    /// <summary>Whether all is done, and the evidence closed.</summary>
    [JsonIgnore]
    public bool IsSignedOff => Digest is not null;
}

/// <summary>A line of the checklist.</summary>
/// <param name="Name">Of the step, in words: <c>last pass</c>.</param>
/// <param name="Words">What came of it, or what it waits for.</param>
/// <param name="Run">The run that did it; null where there is none.</param>
public sealed record CutoverItem(string Name, CutoverStanding Standing, string Words, string? Run = null);

/// <summary>An exception that somebody answers for.</summary>
/// <param name="What">What was found.</param>
/// <param name="Run">The verification that found it; empty where nothing was compared.</param>
public sealed record ReportAcceptance(string What, string Run, string Reason, string By, DateTimeOffset At);

/// <summary>Where a step of a cutover stands.</summary>
public enum CutoverStanding
{
    /// <summary>It waits for those before it.</summary>
    [JsonStringEnumMemberName("left")]
    Left,

    /// <summary>It was begun, or looked at, and is not done.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>It is done.</summary>
    [JsonStringEnumMemberName("done")]
    Done,
}

using System.Collections.Immutable;

namespace QSplit.Stages;

/// <summary>What the command line asks for.</summary>
/// <param name="Manifest">The file; relative to the directory of the <see cref="Surroundings"/>.</param>
/// <param name="Migrations">Names, in the order in which they are to run; empty for all, in the manifest's order.</param>
/// <param name="Buckets">In place of the manifest's number; null to keep it.</param>
/// <param name="Hosts">In place of the manifest's hosts; empty to keep them.</param>
/// <param name="Source">A source to plan without a migration; null for those of the manifest.</param>
/// <param name="Fresh">Do not go on with an earlier run: plan anew and copy all.</param>
/// <param name="Run">The id of a run to look at, or its stamp alone; null for the last one.</param>
/// <param name="Plan">A plan that was reviewed, to be carried out as it is; null to make one.</param>
/// <param name="Deletes">Whether a dry run is to say what a cutover would delete.</param>
/// <param name="AcceptDrift">Whether that plan is carried out, or a sync begun, however much the source has changed since.</param>
public sealed record MigrationRequest(
    string Manifest,
    ImmutableArray<string> Migrations,
    int? Buckets,
    ImmutableArray<string> Hosts,
    bool Fresh,
    SourceRequest? Source = null,
    string? Run = null,
    string? Plan = null,
    bool AcceptDrift = false,
    bool Deletes = false)
{
    /// <summary>A list of deletes that was reviewed, to be carried out by a sync; null deletes nothing.</summary>
    public string? DeletesFile { get; init; }

    /// <summary>How the operator holds the source of a cutover still, in words; null where nobody said so.</summary>
    public string? Frozen { get; init; }

    /// <summary>
    /// Why what a cutover found is taken as it is, and which exceptions are: lines of a reason, a class (<c>permission</c>), or a class and a path
    /// (<c>permission:./a</c>). Null where nobody accepts anything.
    /// </summary>
    public string? Accept { get; init; }

    /// <summary>Who says so.</summary>
    public string? By { get; init; }

    /// <summary>The key that signs a cutover's evidence: a file, as <c>ssh-keygen -Y sign -f</c> takes it; null signs nothing.</summary>
    public string? Key { get; init; }

    /// <summary>What a sync goes by: <c>last</c>, the id of a snapshot, or a moment, such as <c>2026-11-22T17:30Z</c>; null is <c>last</c>.</summary>
    public string? Since { get; init; }

    /// <summary>Whether a sync goes on when what it goes by cannot tell of all changes.</summary>
    public bool AcceptIncomplete { get; init; }

    /// <summary>Classes of exceptions of the last pass that a sync tries again, and nothing else; empty for an ordinary sync.</summary>
    public ImmutableArray<string> Retry { get; init; } = [];

    /// <summary>Which part of the files a verification reads, as a text such as <c>2%</c>; null is all.</summary>
    public string? Sample { get; init; }

    /// <summary>Decides which files those are; null for one by chance.</summary>
    public string? Seed { get; init; }

    /// <summary>A folder of evidence to audit; null for those of the last cutovers.</summary>
    public string? Evidence { get; init; }

    /// <summary>A file of ssh-keygen's allowed signers; null takes any signature, or none.</summary>
    public string? Signers { get; init; }

    /// <summary>A digest of evidence that was kept elsewhere; null for none.</summary>
    public string? Digest { get; init; }
}

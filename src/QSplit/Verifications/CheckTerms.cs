using QSplit.Manifests;

namespace QSplit.Verifications;

/// <summary>How a verification compares.</summary>
/// <param name="By">What of the content.</param>
/// <param name="Sample">Which part of the files is read where content is compared: 1 is all of them.</param>
/// <param name="Seed">Decides which files those are: see <see cref="Sampling"/>.</param>
public sealed record CheckTerms(VerifyBy By, double Sample, string Seed)
{
    /// <summary>Options of the mover that change what equal means, separated by spaces: <c>--no-times --chmod=g+w</c>; empty for none.</summary>
    public string Options { get; init; } = "";

    /// <summary>The terms that a manifest asks for.</summary>
    internal static CheckTerms Of(Migration migration, double sample, string seed) => new(migration.Verify, sample, seed) { Options = string.Join(' ', OptionClasses.OfEquality(migration.Options)) };
}

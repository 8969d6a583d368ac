using QSplit.Manifests;

namespace QSplit.Verifications;

/// <summary>How a verification compares.</summary>
/// <param name="By">What of the content.</param>
/// <param name="Sample">Which part of the files is read where content is compared: 1 is all of them.</param>
/// <param name="Seed">Decides which files those are: see <see cref="Sampling"/>.</param>
public sealed record CheckTerms(VerifyBy By, double Sample, string Seed);

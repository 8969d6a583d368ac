using System.Collections.Immutable;

namespace QSplit.Evidence;

/// <summary>Which files, and which lines of the chain, are not as they were: pure.</summary>
/// <remarks>A line that was changed does not make those behind it wrong: each is held against the line before it as that says itself, and as it should say.</remarks>
internal static class ChainFindings
{
    /// <summary>What is wrong, and what the last link may have been.</summary>
    /// <param name="files">Those that there are.</param>
    public static (ImmutableArray<EvidenceFinding> Findings, ImmutableArray<string> Ends) Of(WrittenChain written, IReadOnlyList<EvidenceFile> files)
    {
        var findings = ImmutableArray.CreateBuilder<EvidenceFinding>();
        var there = files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var listed = new HashSet<string>(StringComparer.Ordinal);
        var before = ImmutableArray.Create(EvidenceChain.First(written.Head.Span));
        foreach (var line in written.Lines)
        {
            if (line is not { Link: { } link, File: { } said })
            {
                findings.Add(Chain(line, "is not LINK SHA-256 SIZE PATH: it was changed"));
                // Whatever it said, the next may follow from it.
                before = [];
                continue;
            }
            listed.Add(said.Path);
            var found = there.GetValueOrDefault(said.Path);
            var isLineWrong = !Follows(before, said, link);
            var isFileRight = found == said || (isLineWrong && found is not null && Follows(before, found, link));
            if (isLineWrong)
                findings.Add(Chain(line, isFileRight && found != said
                    ? $"was changed: {said.Path} is as it was when the folder was closed, and the line says another size or SHA-256"
                    : $"({said.Path}) does not follow from what stands above it: it, or that, was changed, moved, added or taken out"));
            if (found is null) findings.Add(new(said.Path, $"is missing: {Sized(said)}"));
            else if (!isFileRight) findings.Add(new(said.Path, $"was changed: it was {Sized(said)}, and is {Sized(found)}"));
            before = isLineWrong ? [link, .. before.Take(2).Select(last => EvidenceChain.Next(last, said))] : [link];
        }
        findings.AddRange(files.Where(file => !listed.Contains(file.Path)).Select(file => new EvidenceFinding(file.Path, "is not in the chain: it was added after the folder was closed, or its line was taken out")));
        return (findings.DrainToImmutable(), before);
    }

    private static bool Follows(ImmutableArray<string> before, EvidenceFile file, string link) => before.IsEmpty || before.Any(last => EvidenceChain.Next(last, file) == link);

    private static EvidenceFinding Chain(WrittenLine line, string problem) => new(EvidenceChain.FileName, $"line {line.Number} {problem}");

    private static string Sized(EvidenceFile file) => $"{file.Size} bytes with SHA-256 {file.Sha256}";
}

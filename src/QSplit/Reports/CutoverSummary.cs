namespace QSplit.Reports;

/// <summary>What a cutover came to in this session.</summary>
/// <param name="Folder">Of the cutover, with its report and its evidence; for one that was only looked at the folder of the dry run.</param>
/// <param name="Stop">Why it did not go on; null where it is signed off, or was only looked at and could be.</param>
/// <param name="Command">How to go on.</param>
public sealed record CutoverSummary(string Migration, ReportCutover Cutover, string Folder, string? Stop, string Command)
{
    /// <summary>Whether it was signed off before this session.</summary>
    public bool WasSignedOff { get; init; }

    /// <summary>The page to send on.</summary>
    public string PagePath => Path.Combine(Folder, "report.html");

    /// <summary>The page of the cutover for pull requests and jobs.</summary>
    public string MarkdownPath => Path.Combine(Folder, "report.md");

    /// <summary>What is to be done now.</summary>
    public string HowToGoOn => Cutover.IsSignedOff
        ? $"Migration {Migration} is cut over and signed off: sha256:{Cutover.Digest}"
        : $"Migration {Migration} is not cut over. {Stop} To go on: {Command}";
}

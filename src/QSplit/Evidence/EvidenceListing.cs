using System.Collections.Immutable;
using System.Text;
using QSplit.Trees;
using QSplit.Trees.Native;

namespace QSplit.Evidence;

/// <summary>What lies in an evidence folder.</summary>
/// <param name="Files">The paths of all files that belong into its chain, in <see cref="EvidenceFile.Order"/>.</param>
/// <param name="Refused">What can be in no chain: links, devices, names that are not one line of text.</param>
internal sealed record EvidenceListing(ImmutableArray<string> Files, ImmutableArray<EvidenceFinding> Refused)
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, MatchType = MatchType.Simple };

    /// <exception cref="IOException">A directory cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static EvidenceListing Of(string folder)
    {
        var (files, refused) = (new List<string>(), new List<EvidenceFinding>());
        Add(new DirectoryInfo(folder), "", files, refused);
        return new([.. files.Order(EvidenceFile.Order)], [.. refused.OrderBy(finding => finding.File, EvidenceFile.Order)]);
    }

    private static void Add(DirectoryInfo directory, string above, List<string> files, List<EvidenceFinding> refused)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos("*", All))
        {
            var path = above + entry.Name;
            if (WhyNotAName(path) is { } why || (why = WhyNotAFile(entry)) is not null) refused.Add(new(ByteText.Write(Encoding.UTF8.GetBytes(path)), why));
            else if (entry is DirectoryInfo below) Add(below, path + "/", files, refused);
            else if (path is not (EvidenceChain.FileName or EvidenceDigest.FileName or EvidenceDigest.SignatureName)) files.Add(path);
        }
    }

    // A line of the chain ends with the path, and a shell is to read it from there; bytes that are not UTF-8 come as U+FFFD.
    private static string? WhyNotAName(string path) =>
        path.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune.Value is '\\' or 0xfffd) || path[0] is '-' or ' ' || path[^1] == ' '
            ? "has a name that can be in no chain: with a control character, a backslash, a byte that is not UTF-8, a blank at an end or a minus at its beginning"
            : null;

    private static string? WhyNotAFile(FileSystemInfo entry) =>
        entry.Attributes.HasFlag(FileAttributes.ReparsePoint) ? "is a symbolic link, and only files can be proven"
        : entry is FileInfo && LinuxFiles.IsSupported && LinuxFiles.Look(-1, Encoding.UTF8.GetBytes(entry.FullName + '\0'), out var status) == 0 && status.Type != FileStatus.RegularFile
            ? "is a pipe, a socket or a device, and only files can be proven"
            : null;
}

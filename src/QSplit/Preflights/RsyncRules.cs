using System.Collections.Immutable;

namespace QSplit.Preflights;

/// <summary>Whether a host's rsync is good enough: pure.</summary>
internal static class RsyncRules
{
    private const string Install = "Install rsync: apt-get install rsync";
    private static readonly Version Oldest = new(3, 2, 3);
    private static readonly Version Broken = new(3, 4, 3);
    private static readonly Version BrokenLinks = new(3, 4, 0);

    // rsync 3.5, and ELOOP where it opens each part of a path by itself.
    private static readonly string[] LinkInThePath = ["refusing to follow", "Too many levels of symbolic links"];

    private static readonly (char? Letter, string Option, string Capability)[] Needs =
    [
        ('A', "--acls", "ACLs"),
        ('X', "--xattrs", "xattrs"),
        (null, "--fake-super", "xattrs"),
        ('H', "--hard-links", "hardlinks"),
        ('U', "--atimes", "atimes"),
        ('N', "--crtimes", "crtimes"),
        (null, "--preallocate", "prealloc"),
        (null, "--iconv", "iconv"),
    ];

    public static IEnumerable<Finding> Of(HostFacts facts, ImmutableArray<string> options)
    {
        if (facts.Rsync is not { } answer) return [Finding.Problem($"rsync is not installed, or its folder is not on PATH. {Install}")];
        if (answer.ExitCode == 124) return [Finding.Problem("rsync --version did not answer within 20 s: is that rsync, and does its file system answer?")];
        if (RsyncBuild.Read(answer.Text) is not { } build || answer.ExitCode != 0)
            return [Finding.Problem($"rsync --version answered '{FirstLine(answer.Text)}' (exit {answer.ExitCode}), which is no rsync. {Install}")];
        if (build.Version < Oldest) return [Finding.Problem($"rsync {build.Version} is too old: {Oldest} is the least. {Install}")];
        if (build.Version == Broken) return [Finding.Problem($"rsync {Broken} loses entries of a list (--files-from): install an older or a newer one.")];
        if (build.Version == BrokenLinks && options.Asking('H', "--hard-links") is { } links)
            return [Finding.Problem($"rsync {BrokenLinks} fails with {links} ('Internal hashtable error', exit 13): install an older or a newer one.")];
        return Needs
            .Select(need => (Asking: options.Asking(need.Letter, need.Option), need.Capability))
            .Where(need => need.Asking is not null && build.Lacks(need.Capability))
            .Select(need => Finding.Problem($"rsync {build.Version} was built without {need.Capability}, which {need.Asking} needs. Install another build of it, or take {need.Asking} out of the options."));
    }

    /// <summary>What it means that an rsync that had nothing to copy failed; null when it did not, or only some entries of the root cannot be read.</summary>
    public static Finding? OfTrial(HostFacts facts, ImmutableArray<string> options)
    {
        if (facts.Trial is not { ExitCode: not (0 or 124) } trial) return null;
        // Other lines name symbolic links, too: "could not make way for new symlink: NAME".
        var isLink = LinkInThePath.Any(words => trial.Text.Contains(words, StringComparison.Ordinal));
        if (trial.ExitCode is 23 or 24 && !isLink) return null;
        return Finding.Problem(
            $"rsync fails with the options of this migration before anything is copied (exit {trial.ExitCode}): {trial.Text}" +
            (isLink ? $". {Transfers.ExceptionClasses.Remedy(Transfers.ExceptionClass.Symlink, options)}" : ". Correct 'options', or install another rsync on this host."));
    }

    /// <summary>The version, where there is a usable answer.</summary>
    public static Version? VersionOf(HostFacts facts) => facts.Rsync is { ExitCode: 0, Text: var text } ? RsyncBuild.Read(text)?.Version : null;

    /// <summary>The version that most hosts have; null when none has one.</summary>
    public static Version? MostCommon(IEnumerable<HostFacts> all) =>
        all.Select(VersionOf).OfType<Version>().GroupBy(version => version).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).FirstOrDefault()?.Key;

    /// <summary>What it means that a host's version is another than that of most hosts; null when it is not.</summary>
    public static Finding? Compare(HostFacts facts, Version? most) => VersionOf(facts) is { } own && most is not null && own != most
        ? Finding.Warning($"rsync {own} is not the {most} of most hosts: they may differ in what they copy. Install the same on all of them.")
        : null;

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}

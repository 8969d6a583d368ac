using System.Collections.Immutable;
using System.Text;
using QSplit.Trees;

namespace QSplit.Manifests;

/// <summary>One reading of one manifest: what it needs from around it, and the problems found so far.</summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="directory">Where relative paths start.</param>
/// <param name="environment">The value of an environment variable, or null.</param>
internal sealed class Reading(string file, string directory, Func<string, string?> environment)
{
    private readonly HashSet<ManifestProblem> _problems = [];
    private readonly List<(string Migration, string? Host, MountedTree Target)> _claims = [];

    public string Directory => directory;

    public Func<string, string?> Environment => environment;

    /// <summary>The text's outermost value: where names are declared.</summary>
    public Node? Root { get; set; }

    /// <summary>All problems by position; an alias does not repeat those of what it names.</summary>
    public ImmutableArray<ManifestProblem> Problems =>
        [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).ThenBy(problem => problem.Message, StringComparer.Ordinal)];

    /// <summary>Adds a problem; control characters from the file are escaped, so that each is one line and nothing talks to the terminal.</summary>
    public void Report(Position position, string message) =>
        _problems.Add(new(file, position.Line, position.Column, ByteText.Write(Encoding.UTF8.GetBytes(message))));

    /// <summary>Notes that a migration writes to <paramref name="target"/>, and reports it when an earlier one does too.</summary>
    /// <param name="host">The one host that sees it there; null for where the hosts see it that nothing is said of.</param>
    public void Claim(string migration, MountedTree target, Place at, string? host = null)
    {
        var whyNot = _claims.Where(claim => claim.Host == host)
            .Select(claim => TreeRules.WhyNotBoth(target, claim.Migration, claim.Target)).OfType<string>().FirstOrDefault();
        if (whyNot is not null) at.Report(host is null ? whyNot : $"target {whyNot}");
        _claims.Add((migration, host, target));
    }

    /// <summary>The names under a key of the outermost mapping, whether or not what they name is right.</summary>
    public ImmutableArray<string> NamesUnder(string key) =>
        Root?.Descend(key) is Node.Mapping section && !ReferenceEquals(section, Root) ? [.. section.Entries.Select(entry => entry.Name)] : [];
}

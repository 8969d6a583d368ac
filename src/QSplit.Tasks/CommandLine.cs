using System.Collections.Immutable;
using Cake.Core;
using QSplit.Manifests;
using QSplit.Stages;

namespace QSplit.Tasks;

/// <summary>The options of the tasks, read from Cake's arguments. One that nobody knows is an error: a typing error must not change what is copied.</summary>
public static class CommandLine
{
    /// <summary>Option, what it takes, what it is for.</summary>
    public static readonly ImmutableArray<(string Name, string Value, string Description)> Options =
    [
        ("manifest", "FILE", "the manifest; migrations.yml"),
        ("migration", "A,B", "only these migrations, in this order; all"),
        ("buckets", "N", "in place of the manifest's number"),
        ("hosts", "A,B", "in place of the manifest's hosts"),
        ("source", "PATH|URL", "Plan, Stats: a directory or qumulo://[user@]host[:port]/path, in place of the manifest's"),
        ("user", "NAME", "--source: who signs in; the password is QSPLIT_PASSWORD, a token QSPLIT_TOKEN"),
        ("certificate", "FILE", "--source: PEM file of the authority to trust"),
        ("fingerprint", "sha256:HEX", "--source: the one certificate to trust"),
        ("insecure", "", "--source: trust any certificate"),
        ("cluster", "NAME", "Stats: which cluster of the manifest"),
        ("path", "DIR", "Emulate: what is served; --tree=synthetic:files=1e9,seed=7 for a tree that is only arithmetic"),
        ("address", "IP", "Emulate: where it listens; 127.0.0.1"),
        ("port", "N", "Emulate: 8000; 0 for any that is free"),
        ("password", "TEXT", "Emulate: for --user (admin); ${env:NAME} and ${file:path} are resolved, and one is made up without it"),
        ("log", "FILE", "Emulate: a line for each request is added to it"),
        ("faults", "LIST", "Emulate: latency=5ms,too-many=3, ...: what goes wrong"),
        ("http", "", "Emulate: without TLS"),
        ("plan", "FILE", "Migrate, DryRun: exactly this plan, a plan.json that was reviewed; its lists lie beside it"),
        ("accept-drift", "", "--plan, Sync: however much the source has changed since"),
        ("deletes", "", "DryRun: also what a cutover would delete; Sync, Cutover: --deletes=FILE, a deletes.json that was reviewed, is carried out"),
        ("since", "last|ID|TIME", "Sync: what changed since the last pass, a snapshot of the cluster, or the newest one at or before 2026-11-22T17:30Z"),
        ("retry", "CLASS,CLASS", "Sync, Migrate: exceptions of these classes of the last pass are copied, and nothing else"),
        ("accept-incomplete", "", "--since: also where it cannot tell of all changes"),
        ("offline", "", "DryRun: the plan alone, where the hosts cannot be reached"),
        ("exit-code", "", "DryRun: exits with 10 when there is something to do"),
        ("sample", "PERCENT", "Verify: the content of so many of the files, such as 2%, and metadata of all"),
        ("seed", "WORD", "--sample: decides which files those are; by chance otherwise"),
        ("repair", "", "Verify: copies what the last verification found to differ, and deletes what it found only on the target"),
        ("frozen", "HOW", "Cutover: that nobody writes on the source any more, and how that is seen to"),
        ("accept", "WHY|CLASS[:PATH]", "Cutover: takes what was found as it is, with --by; exceptions of one class, also at a path or below it; may be given several times"),
        ("by", "WHO", "--accept: who answers for that"),
        ("key", "FILE", "Cutover: the ssh key that signs the evidence"),
        ("dry-run", "", "Cutover: all that it would do; nothing is written on the targets"),
        ("evidence", "FOLDER", "Audit: the evidence of a cutover, wherever it lies; that of the last one"),
        ("signers", "FILE", "Audit: who may have signed it, as ssh-keygen's allowed signers; anybody"),
        ("digest", "HEX", "Audit: its digest, as it was kept elsewhere"),
        ("fresh", "", "do not go on with an earlier run: plan anew, copy what differs"),
        ("run", "ID", "Status, Report: an earlier run, such as music/202611221730; the last one"),
        ("json", "", "Status: for other programs; with --verbosity=quiet nothing else is printed"),
        ("code-quality", "FILE", "GitLab's report of what is wrong with the manifest: gl-code-quality-report.json"),
        ("filter", "EXPRESSION", "Test: only these, as dotnet test has it"),
        ("configuration", "NAME", "Compile, Test, Pack: Debug or Release"),
    ];

    private static readonly ImmutableHashSet<string> OfCake =
        ["target", "t", "working", "w", "verbosity", "v", "exclusive", "e", "description", "tree", "dryrun", "version", "info", "help", "h"];

    /// <exception cref="ManifestException">An option that is not known, or a value that makes no sense.</exception>
    public static MigrationRequest Request(ICakeArguments arguments)
    {
        CheckNames(arguments);
        OptionTargets.Require(arguments.GetArguments().Keys, [.. Many(arguments, "target"), .. Many(arguments, "t")]);
        return new MigrationRequest(
            ManifestOf(arguments),
            Many(arguments, "migration"),
            One(arguments, "buckets") is { } buckets ? Number("buckets", buckets) : null,
            Many(arguments, "hosts"),
            Flag(arguments, "fresh"),
            SourceOf(arguments),
            One(arguments, "run"),
            One(arguments, "plan"),
            Flag(arguments, "accept-drift"),
            DeletesFile(arguments) is null && Flag(arguments, "deletes"))
        {
            DeletesFile = DeletesFile(arguments),
            Frozen = One(arguments, "frozen"),
            Accept = arguments.GetArguments("accept") is { Count: > 0 } values ? string.Join('\n', values) : null,
            By = One(arguments, "by"),
            Key = One(arguments, "key"),
            Since = One(arguments, "since"),
            AcceptIncomplete = Flag(arguments, "accept-incomplete"),
            Retry = Many(arguments, "retry"),
            Sample = One(arguments, "sample"),
            Seed = One(arguments, "seed"),
            Evidence = One(arguments, "evidence"),
            Signers = One(arguments, "signers"),
            Digest = One(arguments, "digest"),
        };
    }

    // A switch of one target, a file of another.
    private static string? DeletesFile(ICakeArguments arguments) => One(arguments, "deletes") is { Length: > 0 } value && !bool.TryParse(value, out _) ? value : null;

    /// <exception cref="ManifestException">As <see cref="Request"/>.</exception>
    public static ClusterRequest Cluster(ICakeArguments arguments) => new(ManifestOf(arguments), One(arguments, "cluster"), SourceOf(arguments));

    /// <summary>The command line as Cake's own parser takes it: its --tree has no value, the one of Emulate is another name for --path.</summary>
    public static IEnumerable<string> ForCake(IReadOnlyList<string> arguments) =>
        arguments.Select(argument => argument.StartsWith("--tree=", StringComparison.OrdinalIgnoreCase) ? $"--path={argument["--tree=".Length..]}" : argument);

    /// <summary>The last value of an option, or null.</summary>
    public static string? One(ICakeArguments arguments, string name) => arguments.GetArguments(name).LastOrDefault();

    private static string ManifestOf(ICakeArguments arguments) => One(arguments, "manifest") ?? "migrations.yml";

    private static SourceRequest? SourceOf(ICakeArguments arguments) => One(arguments, "source") is { } text
        ? new SourceRequest(text, One(arguments, "user"), One(arguments, "certificate"), One(arguments, "fingerprint"), Flag(arguments, "insecure"))
        : null;

    private static void CheckNames(ICakeArguments arguments)
    {
        // Cake's own settings have an underscore in their names (nuget_source, settings_enablescriptaliascache).
        var unknown = arguments.GetArguments().Keys
            .Where(name => !OfCake.Contains(name) && !name.Contains('_', StringComparison.Ordinal) && Options.All(o => !o.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        if (unknown.Count > 0)
        {
            var known = string.Join(", ", Options.Select(o => $"--{o.Name}"));
            throw new ManifestException($"{string.Join(", ", unknown.Select(u => $"--{u}"))}: not an option of any task here. There are {known}, and Cake's own (--help).");
        }
        // Without its value an option would not count, and more would be done than was asked for.
        if (Options.FirstOrDefault(o => o.Value.Length > 0 && arguments.GetArguments(o.Name).Any(string.IsNullOrWhiteSpace)) is { Name: { } bare, Value: var value })
            throw new ManifestException($"--{bare} needs a value: --{bare}={value}.");
    }

    private static ImmutableArray<string> Many(ICakeArguments arguments, string name) =>
        [.. arguments.GetArguments(name).SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    internal static bool Flag(ICakeArguments arguments, string name) => arguments.HasArgument(name) && One(arguments, name) switch
    {
        null or "" => true,
        var value when bool.TryParse(value, out var flag) => flag,
        var value => throw new ManifestException($"--{name} is a switch: --{name}, or --{name}=false; not '{value}'."),
    };

    internal static int Number(string name, string value) => int.TryParse(value, out var number)
        ? number
        : throw new ManifestException($"--{name} must be a whole number, is '{value}'.");
}

using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Processes;
using QSplit.Runs;

namespace QSplit.Stages;

/// <summary>From the command line to the migrations that it asks for.</summary>
internal static class ReadManifest
{
    internal const string ImpliedHost = "here";

    /// <exception cref="ManifestException">Any problem of the manifest, or a name on the command line that it does not have.</exception>
    public static ImmutableArray<Job> Run(MigrationRequest request, Surroundings around)
    {
        var manifest = request.Source is { } source ? NamedSource.Read(source, request.Manifest, around) : Read(request.Manifest, around);
        if (request.Buckets is < 1) throw new ManifestException($"--buckets must be 1 or more, is {request.Buckets}.");
        if (request.Plan is { } file) return [ReviewedJob(manifest, ReviewedPlan.Read(file, around), request)];
        var migrations = Asked(request) is not { IsEmpty: false } asked
            ? manifest.Migrations
            : [.. asked.Select(name => Named(name, manifest.Migrations, m => m.Name, "--migration", "migration"))];
        return [.. migrations.Select(migration => JobOf(manifest, migration, request))];
    }

    // A plan names its migration: another that is asked for beside it is a mistake.
    private static Job ReviewedJob(Manifest manifest, ReviewedPlan reviewed, MigrationRequest request)
    {
        var name = reviewed.Plan.Migration;
        if (request.Source is not null || request.Buckets is not null)
            throw new ManifestException($"--plan is carried out as it is: {(request.Source is not null ? "--source" : "--buckets")} beside it means nothing. Leave one of them out.");
        if (request.Migrations is not ([] or [_]) || request.Migrations.Any(asked => asked != name))
            throw new ManifestException($"--plan={request.Plan} is of migration {name}, and --migration asks for {string.Join(", ", request.Migrations)}. Leave one of them out.");
        var job = JobOf(manifest, Named(name, manifest.Migrations, m => m.Name, "--plan", "migration"), request) with { Reviewed = reviewed };
        reviewed.RequireTermsOf(job);
        return job;
    }

    // A run's id names its migration: the others are not meant.
    private static ImmutableArray<string> Asked(MigrationRequest request) =>
        request is { Migrations.IsEmpty: true, Run: { } run } && run.Split('/') is [var migration, _] ? [migration] : request.Migrations;

    internal static Manifest Read(string path, Surroundings around) =>
        ManifestReader.Read(path, around.Directory, name => around.Environment.GetValueOrDefault(name));

    private static Job JobOf(Manifest manifest, Migration migration, MigrationRequest request)
    {
        var hosts = request.Hosts.IsEmpty
            ? manifest.HostsOf(migration)
            : [.. request.Hosts.Select(name => Named(name, manifest.Hosts, h => h.Name, "--hosts", "host"))];
        // The manifest's own list was looked at when it was read.
        if (hosts.Select(host => (host, Why: MoverKeys.WhyNot(migration.Mover, host.Shell))).FirstOrDefault(pair => pair.Why is not null) is ({ } unfit, { } why))
            throw new ManifestException($"--hosts asks for host '{unfit.Name}', which {why}: migration {migration.Name} has 'mover: {migration.Mover.ToString().ToLowerInvariant()}'.");
        RequireRunsOutside(manifest, migration, hosts);
        return new Job(
            manifest,
            request.Buckets is { } buckets ? migration with { Buckets = new Buckets.Fixed(buckets) } : migration,
            hosts.IsEmpty ? [new Host(ImpliedHost, true, 1, null, null, null, null)] : hosts,
            !hosts.IsEmpty,
            request.Fresh,
            $"./build.sh --target=Migrate{(request.Manifest == "migrations.yml" ? "" : $" --manifest={ShellQuote.Quote(request.Manifest)}")} --migration={ShellQuote.Quote(migration.Name)}",
            request);
    }

    // Its records would be only on the target, and be deleted in the midst of a cutover.
    private static void RequireRunsOutside(Manifest manifest, Migration migration, ImmutableArray<Host> hosts)
    {
        var runs = Path.GetDirectoryName(new RunFolders(manifest.Directory).Store)!;
        var isHere = hosts.IsEmpty || hosts.Any(host => host.Local);
        // A plan of a source alone has no target.
        if (isHere && migration is { Mover: MoverKind.Rsync, Mounts.Target.Length: > 0 } && Paths.IsWithin(Paths.Real(runs), Paths.Real(migration.Mounts.Target)))
            throw new ManifestException(
                $"The target of migration {migration.Name}, {migration.Mounts.Target}, holds the records of its own runs, {runs}: a cutover would delete them. " +
                "Put the manifest outside the target.");
    }

    private static T Named<T>(string name, IEnumerable<T> all, Func<T, string> nameOf, string option, string what) =>
        all.FirstOrDefault(x => nameOf(x) == name)
        ?? throw new ManifestException($"{option} asks for {what} '{name}', which the manifest does not have. It has {string.Join(", ", all.Select(nameOf))}.");
}

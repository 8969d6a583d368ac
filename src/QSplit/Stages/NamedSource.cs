using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>Makes of <c>--source</c> a manifest with one migration that has no target: enough for a plan.</summary>
internal static class NamedSource
{
    /// <exception cref="ManifestException">The text names no source, or the manifest beside it is wrong.</exception>
    public static Manifest Read(SourceRequest request, string manifest, Surroundings around)
    {
        if (!request.Text.Contains("://", StringComparison.Ordinal)) return OfDirectory(Full(request.Text, around), around);
        var url = ClusterUrl.Read(request.Text);
        // The manifest knows how to sign in, if there is one and it knows the cluster.
        var known = File.Exists(Path.GetFullPath(manifest, around.Directory)) ? ReadManifest.Read(manifest, around).Clusters : [];
        var cluster = known.FirstOrDefault(c => IsMeant(c, url)) is { } listed ? Listed(listed, url, request, around) : Unlisted(url, request, around);
        return With(around, cluster, NameOf(url.Path == "/" ? url.Host : url.Path), new MigrationSource.OnCluster(cluster.Name, url.Path, new SnapshotChoice.Live()), "");
    }

    private static Manifest OfDirectory(string directory, Surroundings around) =>
        With(around, null, NameOf(directory), new MigrationSource.Mounted(directory), directory);

    private static Manifest With(Surroundings around, Cluster? cluster, string name, MigrationSource source, string mount) => new(
        1,
        "",
        around.Directory,
        cluster is null ? [] : [cluster],
        [],
        [new Migration(name, source, new Mounts(mount, ""), [], new Buckets.Auto(), BalanceBy.Cost, [], Trees.LocalTreeOptions.OfSystems, null)]);

    // Host names have no case, and a URL's come in lower case.
    private static bool IsMeant(Cluster cluster, ClusterUrl url) =>
        cluster.Name.Equals(url.Host, StringComparison.OrdinalIgnoreCase) || (cluster.Addresses.Contains(url.Host, StringComparer.OrdinalIgnoreCase) && cluster.Port == url.Port);

    /// <summary>The cluster as the manifest has it; whoever says otherwise beside it would be signed in as another than he thinks.</summary>
    private static Cluster Listed(Cluster cluster, ClusterUrl url, SourceRequest request, Surroundings around)
    {
        var user = url.User ?? request.User;
        var otherwise = Given(
            ($"the user {user}", user is not null && user != cluster.User),
            ("--certificate", CertificateOf(request, around) is { } certificate && certificate != cluster.Certificate),
            ("--fingerprint", FingerprintOf(request) is { } fingerprint && fingerprint != cluster.Fingerprint),
            ("--insecure", request.Insecure && !cluster.Insecure));
        return otherwise is [] ? cluster : throw new ManifestException(
            $"--source names cluster {cluster.Name} of the manifest, which says otherwise than {string.Join(" and ", otherwise)} of the command line. " +
            "Leave that out, change the manifest, or name another with --manifest.");
    }

    private static string[] Given(params (string What, bool IsGiven)[] options) => [.. options.Where(option => option.IsGiven).Select(option => option.What)];

    private static string? CertificateOf(SourceRequest request, Surroundings around) => request.Certificate is { } file ? Full(file, around) : null;

    private static string? FingerprintOf(SourceRequest request) =>
        request.Fingerprint is { } fingerprint ? Right("--fingerprint", fingerprint, CertificateFingerprint.Read(fingerprint)) : null;

    private static Cluster Unlisted(ClusterUrl url, SourceRequest request, Surroundings around)
    {
        if (Given(("--certificate", request.Certificate is not null), ("--fingerprint", request.Fingerprint is not null), ("--insecure", request.Insecure)) is [_, _, ..] checks)
            throw new ManifestException($"{string.Join(" and ", checks)} contradict each other: one way to check the certificate is enough.");
        var secret = (string name) => around.Environment.GetValueOrDefault(name) is { Length: > 0 } value ? new Secret(value) : null;
        var (password, token) = (secret("QSPLIT_PASSWORD"), secret("QSPLIT_TOKEN"));
        var user = url.User ?? request.User ?? around.Environment.GetValueOrDefault("QSPLIT_USER");
        if (user is not null && password is null)
            throw new ManifestException($"User {user} of {url.Host} needs a password: put it into the environment variable QSPLIT_PASSWORD, or describe the cluster in a manifest.");
        return new Cluster(
            url.Host,
            [url.Host],
            url.Port,
            user,
            user is null ? null : password,
            user is null ? token : null,
            null,
            CertificateOf(request, around),
            FingerprintOf(request),
            request.Insecure,
            null);
    }

    private static string Full(string path, Surroundings around) =>
        Right("A path", path, Paths.Full(path, around.Directory, name => around.Environment.GetValueOrDefault(name)));

    private static string Right(string what, string text, Parsed<string> parsed) =>
        parsed.Why is { } why ? throw new ManifestException($"{what} {why}, is '{text}'.") : parsed.Value;

    // The folder of the plan is called by it.
    private static string NameOf(string path)
    {
        var letters = Path.GetFileName(path).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_').Take(100).ToArray();
        return letters is [] ? "root" : letters[0] is '.' or '-' ? "_" + new string(letters[..Math.Min(99, letters.Length)]) : new string(letters);
    }
}

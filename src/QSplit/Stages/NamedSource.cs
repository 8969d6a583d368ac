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
        var cluster = known.FirstOrDefault(c => c.Name == url.Host || (c.Addresses.Contains(url.Host) && c.Port == url.Port)) ?? Unlisted(url, request, around);
        return With(around, cluster, NameOf(url.Path == "/" ? url.Host : url.Path), new MigrationSource.OnCluster(cluster.Name, url.Path, new SnapshotChoice.None()), "");
    }

    private static Manifest OfDirectory(string directory, Surroundings around) =>
        With(around, null, NameOf(directory), new MigrationSource.Mounted(directory), directory);

    private static Manifest With(Surroundings around, Cluster? cluster, string name, MigrationSource source, string mount) => new(
        1,
        "",
        around.Directory,
        cluster is null ? [] : [cluster],
        [],
        [new Migration(name, source, new Mounts(mount, ""), [], new Buckets.Auto(), BalanceBy.Cost, [], Trees.LocalTreeOptions.Snapshots, null)]);

    private static Cluster Unlisted(ClusterUrl url, SourceRequest request, Surroundings around)
    {
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
            request.Certificate is { } file ? Full(file, around) : null,
            request.Fingerprint is { } fingerprint ? Given("--fingerprint", fingerprint, CertificateFingerprint.Read(fingerprint)) : null,
            request.Insecure,
            null);
    }

    private static string Full(string path, Surroundings around) =>
        Given("A path", path, Paths.Full(path, around.Directory, name => around.Environment.GetValueOrDefault(name)));

    private static string Given(string what, string text, Parsed<string> parsed) =>
        parsed.Why is { } why ? throw new ManifestException($"{what} {why}, is '{text}'.") : parsed.Value;

    // The folder of the plan is called by it.
    private static string NameOf(string path)
    {
        var letters = Path.GetFileName(path).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_').Take(100).ToArray();
        return letters is [] ? "root" : letters[0] is '.' or '-' ? "_" + new string(letters[..Math.Min(99, letters.Length)]) : new string(letters);
    }
}

using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Stages;
using QSplit.Testing;

namespace QSplit.Tests.Stages;

/// <summary>What <c>--source</c> on the command line stands for.</summary>
public sealed class NamedSourceSpecs : IDisposable
{
    private const string Same = "sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Other = "sha256:ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal) { ["HOME"] = "/home/me" };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("qumulo://music.example.com/music", "music.example.com", 8000, "/music", "music")]
    [InlineData("qumulo://music.example.com:8443", "music.example.com", 8443, "/", "music.example.com")]
    [InlineData("qumulo://10.1.2.3/a/TV shows 100%2F?/", "10.1.2.3", 8000, "/a/TV shows 100%2F?", "TV_shows_100_2F_")]
    [InlineData("qumulo://[::1]:9000/a", "::1", 9000, "/a", "a")]
    public void A_cluster_is_named_in_one_line(string source, string host, int port, string path, string migration)
    {
        var manifest = Read(source);

        var cluster = manifest.Clusters.ShouldHaveSingleItem();
        cluster.Addresses.ShouldBe([host]);
        cluster.Port.ShouldBe(port);
        (cluster.User, cluster.Password, cluster.Token, cluster.Credentials).ShouldBe((null, null, null, null));
        manifest.Migrations[0].Source.ShouldBe(new MigrationSource.OnCluster(cluster.Name, path, new SnapshotChoice.Live()));
        manifest.Migrations[0].Name.ShouldBe(migration);
    }

    [Fact]
    public void A_directory_is_named_from_where_I_am()
    {
        var migration = Read("old/.mounted").Migrations.ShouldHaveSingleItem();

        migration.Source.ShouldBe(new MigrationSource.Mounted(Path.Combine(_folder.Path, "old/.mounted")));
        migration.Mounts.Source.ShouldBe(Path.Combine(_folder.Path, "old/.mounted"));
        migration.Name.ShouldBe("_.mounted");
    }

    [Fact]
    public void Who_signs_in_comes_from_the_line_and_secrets_from_the_environment()
    {
        _environment["QSPLIT_PASSWORD"] = "sesame";
        _environment["QSPLIT_TOKEN"] = "access-v1:x";

        var asUser = Read("qumulo://admin@c/a").Clusters[0];
        (asUser.User, asUser.Password, asUser.Token).ShouldBe(("admin", new Secret("sesame"), null));
        var byToken = Read("qumulo://c/a").Clusters[0];
        (byToken.User, byToken.Password, byToken.Token).ShouldBe((null, null, new Secret("access-v1:x")));
    }

    [Fact]
    public void The_manifest_says_how_to_sign_in_where_it_knows_the_cluster()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "migrations.yml"), """
            version: 1
            clusters: { music: { addresses: [m1, m2], user: mover, password: p } }
            migrations: { a: { source: { directory: /from }, mounts: { target: /to } } }
            """);

        foreach (var text in new[] { "qumulo://m2/x", "qumulo://music/x" })
        {
            var manifest = Read(text);
            manifest.Clusters.ShouldHaveSingleItem().User.ShouldBe("mover");
            manifest.Migrations.ShouldHaveSingleItem().Source.ShouldBe(new MigrationSource.OnCluster("music", "/x", new SnapshotChoice.Live()));
        }
        Read("qumulo://m3/x").Clusters.ShouldHaveSingleItem().User.ShouldBeNull();
    }

    [Theory]
    [InlineData("nfs://server/export", "sources are a directory, or qumulo://[user@]host[:port]/path")]
    [InlineData("qumulo://", "between qumulo:// and the path there must be [user@]host[:port]")]
    [InlineData("qumulo://-oX/a", "between qumulo:// and the path there must be [user@]host[:port]")]
    [InlineData("qumulo://c:port/a", "between qumulo:// and the path there must be [user@]host[:port]")]
    [InlineData("qumulo://c/a/../b", "its path must not have '.' or '..' in it")]
    public void What_names_no_source_is_said(string source, string why) =>
        Should.Throw<ManifestException>(() => Read(source)).Message.ShouldBe($"--source={source}: {why}.");

    [Fact]
    public void A_password_in_the_line_is_refused_and_not_repeated() =>
        Should.Throw<ManifestException>(() => Read("qumulo://admin:hunter2@c/a")).Message.ShouldBe(
            "--source has a password in it, which everyone on this machine can read in the list of processes: put it into the environment variable QSPLIT_PASSWORD.");

    [Theory]
    [InlineData("https://admin:hunter2@c/a", "https://***@c/a")]
    [InlineData("qumulo://admin:hun/ter2@c/a", "qumulo://***@c/a")]
    [InlineData("qumulo://admin:hunter2@/a", "qumulo://***@/a")]
    public void A_password_in_a_line_that_is_none_is_not_repeated_either(string source, string shown) =>
        Should.Throw<ManifestException>(() => Read(source)).Message.ShouldStartWith($"--source={shown}: ");

    [Theory]
    [InlineData("qumulo://bob@music/x", null, null, false, "the user bob")]
    [InlineData("qumulo://M1/x", "carl", null, false, "the user carl")]
    [InlineData("qumulo://m1/x", null, Other, true, "--fingerprint and --insecure")]
    [InlineData("qumulo://mover@m1/x", "mover", Same, false, null)]
    public void What_contradicts_the_manifest_is_not_passed_over(string source, string? user, string? fingerprint, bool insecure, string? what)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "migrations.yml"), $$"""
            version: 1
            clusters: { music: { addresses: [m1, m2], user: mover, password: p, fingerprint: "{{Same}}" } }
            migrations: { a: { source: { directory: /from }, mounts: { target: /to } } }
            """);

        if (what is null) Read(source, fingerprint, user, insecure).Clusters.ShouldHaveSingleItem().Name.ShouldBe("music");
        else
        {
            Should.Throw<ManifestException>(() => Read(source, fingerprint, user, insecure)).Message.ShouldBe(
                $"--source names cluster music of the manifest, which says otherwise than {what} of the command line. Leave that out, change the manifest, or name another with --manifest.");
        }
    }

    [Fact]
    public void Two_ways_to_check_a_certificate_are_one_too_many() =>
        Should.Throw<ManifestException>(() => Read("qumulo://c/a", Same, insecure: true)).Message.ShouldBe("--fingerprint and --insecure contradict each other: one way to check the certificate is enough.");

    [Fact]
    public void A_user_without_a_password_is_told_where_to_put_it() =>
        Should.Throw<ManifestException>(() => Read("qumulo://admin@c/a")).Message.ShouldContain("QSPLIT_PASSWORD");

    [Fact]
    public void A_fingerprint_is_checked() =>
        Should.Throw<ManifestException>(() => Read("qumulo://c/a", "sha256:12")).Message.ShouldBe("--fingerprint must be 'sha256:' and 64 hexadecimal digits, is 'sha256:12'.");

    private Manifest Read(string source, string? fingerprint = null, string? user = null, bool insecure = false)
    {
        var environment = _environment.ToImmutableDictionary();
        var around = World.Of(_folder.Path, environment: environment);
        return NamedSource.Read(new SourceRequest(source, user, null, fingerprint, insecure), "migrations.yml", around);
    }
}

using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Processes;
using QSplit.Reports;
using QSplit.Stages;
using QSplit.Testing;

namespace QSplit.Tests.Stages;

/// <summary>What <c>--source</c> on the command line stands for.</summary>
public sealed class NamedSourceSpecs : IDisposable
{
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
        manifest.Migrations[0].Source.ShouldBe(new MigrationSource.OnCluster(cluster.Name, path, new SnapshotChoice.None()));
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
            manifest.Migrations.ShouldHaveSingleItem().Source.ShouldBe(new MigrationSource.OnCluster("music", "/x", new SnapshotChoice.None()));
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
    public void A_password_in_the_line_is_refused_and_not_repeated()
    {
        var message = Should.Throw<ManifestException>(() => Read("qumulo://admin:hunter2@c/a")).Message;

        message.ShouldContain("QSPLIT_PASSWORD");
        message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_user_without_a_password_is_told_where_to_put_it() =>
        Should.Throw<ManifestException>(() => Read("qumulo://admin@c/a")).Message.ShouldContain("QSPLIT_PASSWORD");

    [Fact]
    public void A_fingerprint_is_checked() =>
        Should.Throw<ManifestException>(() => Read("qumulo://c/a", "sha256:12")).Message.ShouldBe("--fingerprint must be 'sha256:' and 64 hexadecimal digits, is 'sha256:12'.");

    private Manifest Read(string source, string? fingerprint = null)
    {
        var environment = _environment.ToImmutableDictionary();
        var around = new Surroundings(
            TimeProvider.System,
            environment,
            _folder.Path,
            "a test",
            new Supervisor(TimeProvider.System, TimeSpan.FromSeconds(5)),
            new PlainView(TimeProvider.System, _ => { }),
            Nowhere.Connections);
        return NamedSource.Read(new SourceRequest(source, null, null, fingerprint, false), "migrations.yml", around);
    }
}

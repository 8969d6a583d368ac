using System.Text;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Tests.Manifests;

public sealed class ManifestSpecs : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task I_can_say_everything_that_there_is_to_say()
    {
        _folder.Environment["MUSIC_PASSWORD"] = "sesame";
        var manifest = await _folder.ReadAsync($$"""
            # yaml-language-server: $schema=./migrations.schema.json
            version: 1

            clusters:
              demo: { emulate: artifacts/demo/source }
              music:
                address: music.example.com
                port: 9000
                user: admin
                password: ${env:MUSIC_PASSWORD}
                certificate: certs/music.pem
              film: { address: "::1", credentials: ~/.qfsd_cred, fingerprint: "sha256:{{string.Join(':', Enumerable.Repeat("AB", 32))}}" }
              loud: { addresses: [10.0.0.1, 10.0.0.2], token: 12345, insecure: true }

            hosts:
              here: { local: true, slots: 2 }
              dtn1: { address: dtn1.example.com, user: mover, port: 2222, slots: 4, bandwidth: 400MB/s }
              dtn2: { address: dtn2, ssh_config: ssh/config, options: [ProxyJump=bastion, "IdentityFile=~/.ssh/a key"], drain: true }

            migrations:
              zeta:
                source: { cluster: music, path: /music//, snapshot: new, expiry: 2weeks }
                mounts: { source: /mnt/music/, target: ../archive/music, on: { here: { source: /srv/music }, dtn2: { source: ../m, target: /mnt/b/ } } }
                hosts: [dtn1, here]
                buckets: 12
                balance: capacity
                options: [--hard-links, -aAX, --chmod=g+w]
                leaveOut: [.snapshot, old*]
                reserve: 10GiB
                bandwidth: 1GB/s
                window: "22:00-06:00 Europe/Berlin"
                patience: 0s
                stall: 2 hours
              alpha:
                source: { directory: /mnt/old }
                mounts: { target: /mnt/new }
            """);

        manifest.Path.ShouldBe(Path.Combine(_folder.Path, "migrations.yml"));
        manifest.Directory.ShouldBe(_folder.Path);
        manifest.Clusters.Select(cluster => cluster.Addresses.AsEnumerable()).ShouldBe([[], ["music.example.com"], ["::1"], ["10.0.0.1", "10.0.0.2"]]);
        manifest.Clusters.Select(cluster => cluster with { Addresses = [] }).ShouldBe([
            new("demo", [], 8000, null, null, null, null, null, null, false, Path.Combine(_folder.Path, "artifacts/demo/source")),
            new("music", [], 9000, "admin", new("sesame"), null, null, Path.Combine(_folder.Path, "certs/music.pem"), null, false, null),
            new("film", [], 8000, null, null, null, "/home/mover/.qfsd_cred", null, "sha256:" + new string('.', 32).Replace(".", "ab", StringComparison.Ordinal), false, null),
            new("loud", [], 8000, null, null, new("12345"), null, null, null, true, null),
        ]);
        manifest.Hosts.ShouldBe([
            new("here", true, 2, null, null, null, null),
            new("dtn1", false, 4, "dtn1.example.com", "mover", 2222, new ByteRate(400_000_000)),
            new("dtn2", false, 1, "dtn2", null, null, null, Path.Combine(_folder.Path, "ssh/config"), ["ProxyJump=bastion", "IdentityFile=~/.ssh/a key"], true),
        ]);
        manifest.Migrations.Select(migration => migration.Name).ShouldBe(["zeta", "alpha"], "they run in the order of the file");
        var (zeta, alpha) = (manifest.Migrations[0], manifest.Migrations[1]);
        zeta.Source.ShouldBe(new MigrationSource.OnCluster("music", "/music", new SnapshotChoice.New(TimeSpan.FromDays(14))));
        var target = Path.GetFullPath("../archive/music", _folder.Path);
        (zeta.Mounts.Source, zeta.Mounts.Target).ShouldBe(("/mnt/music", target));
        zeta.Mounts.On("dtn1").ShouldBe(new("/mnt/music", target));
        zeta.Mounts.On("here").ShouldBe(new("/srv/music", target));
        zeta.Mounts.On("dtn2").ShouldBe(new(Path.GetFullPath("../m", _folder.Path), "/mnt/b"));
        zeta.Hosts.ShouldBe(["dtn1", "here"]);
        zeta.Buckets.ShouldBe(new Buckets.Fixed(12));
        zeta.Balance.ShouldBe(BalanceBy.Capacity);
        zeta.Options.ShouldBe(["--hard-links", "-aAX", "--chmod=g+w"]);
        zeta.LeaveOut.ShouldBe([".snapshot", "old*"]);
        zeta.Reserve.ShouldBe(new ByteSize(10L << 30));
        zeta.Bandwidth.ShouldBe(new ByteRate(1_000_000_000));
        zeta.Window.ShouldNotBeNull().ToString().ShouldBe("22:00-06:00 Europe/Berlin");
        (zeta.Patience, zeta.Stall).ShouldBe((TimeSpan.Zero, TimeSpan.FromHours(2)));
        manifest.HostsOf(zeta).ShouldBe([manifest.Hosts[1], manifest.Hosts[0]]);
        alpha.Source.ShouldBe(new MigrationSource.Mounted("/mnt/old"));
        alpha.Mounts.ShouldBe(new("/mnt/old", "/mnt/new"));
    }

    [Fact]
    public async Task What_I_leave_out_has_a_default()
    {
        var manifest = await _folder.ReadAsync("version: 1\nhosts: { here: { local: true } }\n" + ManifestFolder.Migration);

        manifest.Clusters.ShouldBeEmpty();
        manifest.Hosts.ShouldBe([new("here", true, 1, null, null, null, null)]);
        var migration = manifest.Migrations.ShouldHaveSingleItem();
        migration.Hosts.ShouldBeEmpty();
        migration.Buckets.ShouldBe(new Buckets.Auto());
        migration.Balance.ShouldBe(BalanceBy.Cost);
        migration.Options.ShouldBeEmpty();
        migration.LeaveOut.ShouldBe(LocalTreeOptions.OfSystems);
        migration.Reserve.ShouldBeNull();
        migration.Bandwidth.ShouldBeNull();
        migration.Window.ShouldBeNull();
        (migration.Patience, migration.Stall).ShouldBe((TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10)));
        migration.Mounts.ShouldBe(new("/from", "/to"));
        migration.Mounts.On("here").ShouldBe(new("/from", "/to"));
    }

    [Fact]
    public async Task A_manifest_that_is_read_again_says_of_hosts_and_mounts_what_it_said_before()
    {
        const string Yaml = """
            version: 1
            hosts: { h: { address: h, options: [ProxyJump=b] } }
            migrations: { a: { source: { directory: /a }, mounts: { target: /b, on: { h: { target: /c } } } } }
            """;
        var first = await _folder.ReadAsync(Yaml);

        var again = await _folder.ReadAsync(Yaml);
        var other = await _folder.ReadAsync(Yaml.Replace("=b", "=bb", StringComparison.Ordinal).Replace("/c", "/cc", StringComparison.Ordinal));

        (again.Hosts[0], again.Migrations[0].Mounts).ShouldBe((first.Hosts[0], first.Migrations[0].Mounts));
        other.Hosts[0].ShouldNotBe(first.Hosts[0]);
        other.Migrations[0].Mounts.ShouldNotBe(first.Migrations[0].Mounts);
    }

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("90s", 90)]
    [InlineData("90 seconds", 90)]
    [InlineData("10min", 600)]
    [InlineData("10 minutes", 600)]
    [InlineData("2h", 7200)]
    [InlineData("2hours", 7200)]
    [InlineData("30days", 2_592_000)]
    [InlineData("100000s", 100_000)]
    public async Task I_can_say_how_long_in_short_words_and_long_ones(string span, int seconds)
    {
        var manifest = await _folder.ReadAsync($"version: 1\nmigrations: {{ a: {{ source: {{ directory: /a }}, mounts: {{ target: /b }}, patience: {span} }} }}\n");

        manifest.Migrations[0].Patience.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("", "none")]
    [InlineData(", snapshot: none", "none")]
    [InlineData(", snapshot: new", "new")]
    [InlineData(", snapshot: 12345678901234567890", "12345678901234567890")]
    public async Task I_can_choose_which_view_of_a_cluster_is_copied(string snapshot, string choice)
    {
        var manifest = await _folder.ReadAsync(
            $"version: 1\nclusters: {{ c: {{ emulate: d }} }}\nmigrations: {{ a: {{ source: {{ cluster: c{snapshot} }}, mounts: {{ source: /a, target: /b }} }} }}\n");

        var source = manifest.Migrations[0].Source.ShouldBeOfType<MigrationSource.OnCluster>();
        source.Path.ShouldBe("/");
        source.Snapshot.ToString().ShouldBe(choice);
        if (source.Snapshot is SnapshotChoice.New fresh) fresh.Expiry.ShouldBe(TimeSpan.FromDays(30));
    }

    [Fact]
    public async Task I_can_leave_nothing_out_of_the_copy()
    {
        var manifest = await _folder.ReadAsync("version: 1\nmigrations: { a: { source: { directory: /a }, mounts: { target: /b }, leaveOut: [] } }\n");

        manifest.Migrations[0].LeaveOut.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\uFEFFversion: 1\n")]
    [InlineData("version: 1\r\n")]
    [InlineData("---\nversion:\t1\n")]
    public async Task A_byte_order_mark_Windows_line_ends_and_tabs_after_a_key_do_no_harm(string start)
    {
        var manifest = await _folder.ReadAsync(start + ManifestFolder.Migration);

        manifest.Migrations.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Relative_paths_start_at_the_manifest_wherever_I_am()
    {
        _folder.Write("work/migrations.yml", "version: 1\nmigrations: { a: { source: { directory: from }, mounts: { target: ../to } } }\n");

        var manifest = await _folder.ReadFileAsync("work/migrations.yml");

        manifest.Migrations[0].Mounts.ShouldBe(new(Path.Combine(_folder.Path, "work/from"), Path.Combine(_folder.Path, "to")));
    }

    [Fact]
    public async Task Hosts_that_are_alike_can_share_what_they_have_in_common()
    {
        var manifest = await _folder.ReadAsync("""
            version: 1
            hosts:
              a: &fast { address: a.example.com, slots: 8 }
              b: &user { <<: *fast, address: b.example.com, user: mover }
              c: { slots: 3, <<: [*user, *fast], address: c.example.com }

            """ + ManifestFolder.Migration);

        manifest.Hosts.Select(host => (host.Name, host.Address, host.Slots, host.User)).ShouldBe([
            ("a", "a.example.com", 8, null),
            ("b", "b.example.com", 8, "mover"),
            ("c", "c.example.com", 3, "mover"),
        ]);
    }

    [Fact]
    public async Task Trees_side_by_side_whose_names_begin_alike_are_fine()
    {
        var manifest = await _folder.ReadAsync("""
            version: 1
            migrations:
              a: { source: { directory: /mnt/a }, mounts: { target: /mnt/ab } }
              b: { source: { directory: /mnt/b }, mounts: { target: /mnt/abc } }
            """);

        manifest.Migrations.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_manifest_that_is_not_there_or_is_a_directory_or_a_disk_image_is_named()
    {
        (await Should.ThrowAsync<ManifestException>(() => _folder.ReadFileAsync("none.yml"))).Message
            .ShouldBe($"There is no manifest 'none.yml' ({_folder.Path}/none.yml). Write one, or name another with --manifest=F.");
        (await Should.ThrowAsync<ManifestException>(() => _folder.ReadFileAsync("."))).Message.ShouldStartWith("The manifest '.' cannot be read: ");
        _folder.Write("big.yml", Encoding.ASCII.GetBytes(new string('#', ManifestText.MaxBytes + 1)));
        (await Should.ThrowAsync<ManifestException>(() => _folder.ReadFileAsync("big.yml"))).Message
            .ShouldBe("big.yml is no manifest: it has more than 1,048,576 bytes. Name another with --manifest=F.");
    }
}

namespace QSplit.Tests.Manifests;

/// <summary>What is wrong is said with the key, what it must be and what it is, where the <c>^</c> is.</summary>
public sealed class ManifestProblemSpecs : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("version: ^2", "version must be 1, is 2")]
    [InlineData("version: ^1.0", "version must be 1, is 1.0")]
    [InlineData("^version:", "version must have a value, is empty", 8)]
    [InlineData("^host: {}", "unknown key 'host'; did you mean 'hosts'?")]
    [InlineData("^HOSTS: {}", "unknown key 'HOSTS'; did you mean 'hosts'?")]
    [InlineData("^verify: size", "unknown key 'verify'; known are version, clusters, hosts, migrations, notify")]
    [InlineData("hosts: ^~", "hosts must be a mapping of names, is empty")]
    [InlineData("hosts: ^[a, b]", "hosts must be a mapping of names, is a list")]
    [InlineData("migrations: ^{}", "migrations must have something under it")]
    public async Task In_the_outermost_keys(string yaml, string problem, int further = 0) => await _folder.ShouldHaveOneProblemAsync(yaml, problem, further);

    [Theory]
    [InlineData("^version: 1\n#migrations", "the manifest needs 'migrations': What is to be migrated, by names of your choice, which become names of folders; run in this order.")]
    [InlineData("^migrations: { ok: { source: { directory: /from }, mounts: { target: /to } } }\n#version:", "the manifest needs 'version': The version of this format: 1.")]
    [InlineData("^[version, 1]\n#version: migrations", "the manifest must be a mapping with the keys version, clusters, hosts, migrations, notify, is a list")]
    [InlineData("^hello world\n#version: migrations", "the manifest must be a mapping with the keys version, clusters, hosts, migrations, notify, is 'hello world'")]
    public async Task In_the_manifest_as_a_whole(string yaml, string problem) => await _folder.ShouldHaveOneProblemAsync(yaml, problem);

    [Theory]
    [InlineData("clusters:\n  ^c: {}", "clusters.c needs 'address', 'addresses' or 'emulate'")]
    [InlineData("clusters:\n  ^c: { address: c, emulate: d }", "clusters.c has 'address' and 'emulate'; it must have either 'address', 'addresses' or 'emulate'")]
    [InlineData("clusters: { c: { addresses: ^[] } }", "clusters.c.addresses must have one address or more")]
    [InlineData("clusters: { c: { addresses: [a, ^'b c'] } }", "clusters.c.addresses[1] must be a host name or an IP address, without scheme, user or port, is 'b c'")]
    [InlineData("clusters: { c: { emulate: d, ^port: 1 } }", "clusters.c.port means nothing beside 'emulate': nothing is signed in to")]
    [InlineData("clusters: { c: { address: c, port: ^0 } }", "clusters.c.port must be 1 or more, is 0")]
    [InlineData("clusters: { c: { address: c, port: ^65536 } }", "clusters.c.port must be 65535 or less, is 65536")]
    [InlineData("clusters: { c: { address: ^'https://c:8000' } }", "clusters.c.address must be a host name or an IP address, without scheme, user or port, is 'https://c:8000'")]
    [InlineData("clusters: { c: { address: c, ^user: u } }", "clusters.c.user needs 'password' beside it")]
    [InlineData("clusters: { c: { address: c, ^password: p } }", "clusters.c.password needs 'user' beside it")]
    [InlineData("clusters: { c: { address: c, token: t, ^credentials: f } }", "clusters.c.credentials contradicts 'token': one way to sign in is enough")]
    [InlineData("clusters: { c: { address: c, token: t, certificate: f, ^insecure: true } }", "clusters.c.insecure contradicts 'certificate': one way to check the certificate is enough")]
    [InlineData("clusters: { c: { address: c, fingerprint: ^sha1 } }", "clusters.c.fingerprint must be 'sha256:' and 64 hexadecimal digits, is 'sha1'")]
    [InlineData("clusters: { c: { address: c, insecure: ^yes } }", "clusters.c.insecure must be true or false, is 'yes'")]
    [InlineData("clusters: { c: { address: c, token: ^[hunter2] } }", "clusters.c.token must have a value, is a list")]
    [InlineData("clusters: { c: { address: c, token: ^'' } }", "clusters.c.token must not be empty")]
    [InlineData("clusters: { c: { address: c, ^adress: d } }", "clusters.c: unknown key 'adress'; did you mean 'address'?")]
    public async Task In_a_cluster(string yaml, string problem) => await _folder.ShouldHaveOneProblemAsync(yaml, problem);

    [Theory]
    [InlineData("hosts:\n  dtn1:\n    local: true\n    slots: ^0", "hosts.dtn1.slots must be 1 or more, is 0")]
    [InlineData("hosts: { h: { local: true, slots: ^-3 } }", "hosts.h.slots must be 1 or more, is -3")]
    [InlineData("hosts: { h: { local: true, slots: ^many } }", "hosts.h.slots must be a whole number, is 'many'")]
    [InlineData("hosts: { h: { local: true, slots: ^99999999999 } }", "hosts.h.slots must be a whole number, is 99999999999")]
    [InlineData("hosts: { h: { local: true, ^slot: 2 } }", "hosts.h: unknown key 'slot'; did you mean 'slots'?")]
    [InlineData("hosts: { h: { local: true, ^colour: red } }", "hosts.h: unknown key 'colour'; known are local, slots, address, user, port, bandwidth, ssh_config, options, drain, shell")]
    [InlineData("hosts:\n  h:\n    local: true\n    slots: 2\n    ^slots: 3", "hosts.h: duplicate key 'slots'; it is already at 5:5")]
    [InlineData("hosts:\n  ^h: { slots: 2 }", "hosts.h needs 'address' or 'local: true'")]
    [InlineData("hosts:\n  ^h: { local: false }", "hosts.h needs 'address' or 'local: true'")]
    [InlineData("hosts: { h: { local: true, ^address: a } }", "hosts.h.address means nothing beside 'local: true': ssh is not used")]
    [InlineData("hosts: { h: { address: ^-oProxyCommand=x } }", "hosts.h.address must be a host name or an IP address, without scheme, user or port, is '-oProxyCommand=x'")]
    [InlineData("hosts: { h: { address: a, user: ^-x } }", "hosts.h.user must be a user name: no blanks, and not starting with '-', is '-x'")]
    [InlineData("hosts: { h: { local: true, bandwidth: ^400MB } }", "hosts.h.bandwidth must be a number of bytes a second, such as 400MB/s or 1.5GiB/s, is '400MB'")]
    [InlineData("hosts: { ^../h: { local: true } }", "hosts: '../h' cannot be a name: at most 100 letters, digits and . _ -, starting with a letter, a digit or _")]
    [InlineData("hosts: { ^.h: { local: true } }", "hosts: '.h' cannot be a name: at most 100 letters, digits and . _ -, starting with a letter, a digit or _")]
    [InlineData("hosts: { ^-h: { local: true } }", "hosts: '-h' cannot be a name: at most 100 letters, digits and . _ -, starting with a letter, a digit or _")]
    [InlineData("hosts: { ^\"h\\n\": { local: true } }", "hosts: 'h\\#012' cannot be a name: at most 100 letters, digits and . _ -, starting with a letter, a digit or _")]
    [InlineData("hosts: { h: ^[local] }", "hosts.h must be a mapping with the keys local, slots, address, user, port, bandwidth, ssh_config, options, drain, shell, is a list")]
    [InlineData("hosts: { h: { local: true, ^ssh_config: c } }", "hosts.h.ssh_config means nothing beside 'local: true': ssh is not used")]
    [InlineData("hosts: { h: { local: true, ^options: [ProxyJump=b] } }", "hosts.h.options means nothing beside 'local: true': ssh is not used")]
    [InlineData("hosts: { h: { address: a, options: [ProxyJump=b, ^Port=22] } }", "hosts.h.options[1] cannot be 'Port=22': say it with 'port'")]
    [InlineData("hosts: { h: { address: a, options: ^ProxyJump=b } }", "hosts.h.options must be a list, such as [a, b], is 'ProxyJump=b'")]
    [InlineData("hosts: { h: { address: a, ssh_config: ^'' } }", "hosts.h.ssh_config must not be empty")]
    [InlineData("hosts: { h: { address: a, drain: ^soon } }", "hosts.h.drain must be true or false, is 'soon'")]
    public async Task In_a_host(string yaml, string problem) => await _folder.ShouldHaveOneProblemAsync(yaml, problem);

    [Theory]
    [InlineData("{ mounts: { source: /a, target: /b } }", "needs 'source': What is migrated: a mounted 'directory', or a 'path' on a 'cluster'.", "^m")]
    [InlineData("{ ^source: {}, mounts: { source: /a, target: /b } }", ".source needs 'directory' or 'cluster'")]
    [InlineData("{ ^source: { directory: /a, cluster: c }, mounts: { target: /b } }", ".source has 'directory' and 'cluster'; it must have either 'directory' or 'cluster'")]
    [InlineData("{ source: { directory: /a, ^path: / }, mounts: { target: /b } }", ".source.path needs 'cluster' beside it")]
    [InlineData("{ source: { directory: /a, ^snapshot: new }, mounts: { target: /b } }", ".source.snapshot needs 'cluster' beside it")]
    [InlineData("{ source: { cluster: c, snapshot: 7, ^expiry: 1days }, mounts: { source: /a, target: /b } }", ".source.expiry needs 'snapshot: new' beside it")]
    [InlineData("{ source: { cluster: c, snapshot: ^newest }, mounts: { source: /a, target: /b } }", ".source.snapshot must be none, new or the number of a snapshot, is 'newest'")]
    [InlineData("{ source: { cluster: c, snapshot: new, expiry: ^1000days }, mounts: { source: /a, target: /b } }", ".source.expiry must be 1 to 999 and one of minutes, hours, days, weeks, months, such as 30days, is '1000days'")]
    [InlineData("{ source: { cluster: c, snapshot: new, expiry: ^0days }, mounts: { source: /a, target: /b } }", ".source.expiry must be 1 to 999 and one of minutes, hours, days, weeks, months, such as 30days, is '0days'")]
    [InlineData("{ source: { cluster: c, path: ^a }, mounts: { source: /a, target: /b } }", ".source.path must start with '/', is 'a'")]
    [InlineData("{ source: { cluster: c, path: ^/a/../b }, mounts: { source: /a, target: /b } }", ".source.path must not have '.' or '..' in it, is '/a/../b'")]
    [InlineData("{ source: { cluster: ^cc }, mounts: { source: /a, target: /b } }", ".source.cluster names 'cc', which is not under 'clusters'; did you mean 'c'?")]
    [InlineData("{ source: { cluster: c }, ^mounts: { target: /b } }", ".mounts needs 'source': Where the hosts see the source; the source's own directory when it has one.")]
    [InlineData("{ source: { directory: /a }, ^mounts: {} }", ".mounts needs 'target': Where the hosts see the target.")]
    [InlineData("{ source: ^/a, mounts: { source: /a, target: /b } }", ".source must be a mapping with the keys directory, cluster, path, snapshot, expiry, is '/a'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, hosts: ^h }", ".hosts must be a list, such as [a, b], is 'h'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, hosts: [h, ^dtn2] }", ".hosts[1] names 'dtn2', which is not under 'hosts'; did you mean 'dtn1'?")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, hosts: [^nowhere] }", ".hosts[0] names 'nowhere', which is not under 'hosts'; known are h, dtn1")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, hosts: [h, ^h] }", ".hosts[1] repeats 'h'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, buckets: ^0 }", ".buckets must be auto, or 1 or more, is 0")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, buckets: ^Auto }", ".buckets must be auto, or a whole number, is 'Auto'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, balance: ^size }", ".balance must be capacity, files or cost, is 'size'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, options: [-H, ^--delete] }", ".options[1] cannot be '--delete': QSplit deletes only at the cutover, within deleteLimit")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, leaveOut: [^a/b] }", ".leaveOut[0] must be the name of a directory, without / ? [ ] \\; only * is a wildcard, is 'a/b'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, leaveOut: [^'a?'] }", ".leaveOut[0] must be the name of a directory, without / ? [ ] \\; only * is a wildcard, is 'a?'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, leaveOut: [^'**'] }", ".leaveOut[0] must not match every directory, is '**'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, reserve: ^10G }", ".reserve must say which unit it means: GiB counts in 1024, GB in 1000, is '10G'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, ^check: size }", ": unknown key 'check'; known are source, mounts, mover, hosts, buckets, balance, options, leaveOut, reserve, bandwidth, window, patience, stall, drift, verify, deleteLimit, freeze")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, freeze: ^snapshot }", ".freeze can be snapshot only for a source on a cluster with 'snapshot: new': every pass of that has a frozen view")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, freeze: ^hope }", ".freeze must be operator or snapshot, is 'hope'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, deleteLimit: ^some }", ".deleteLimit must be a number of entries, or 0% to 100%, such as 1000 or 5%, is 'some'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, deleteLimit: ^-1 }", ".deleteLimit must be a number of entries, or 0% to 100%, such as 1000 or 5%, is -1")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, verify: ^sum }", ".verify must be none, size or checksum, is 'sum'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: ^\"/b\\0\" } }", ".mounts.target must not have a NUL in it")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, drift: ^5 }", ".drift must be 0% to 100%, such as 5% or 0.5%, is 5")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, drift: ^101% }", ".drift must be 0% to 100%, such as 5% or 0.5%, is '101%'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, bandwidth: ^1GB }", ".bandwidth must be a number of bytes a second, such as 400MB/s or 1.5GiB/s, is '1GB'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, window: ^'22:00-06:00' }", ".window must be hours and a time zone, such as 22:00-06:00 Europe/Berlin, or UTC, is '22:00-06:00'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, patience: ^10 }", ".patience must be a number and one of s, min, h, days, such as 10min, is 10")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, patience: ^-1s }", ".patience must be a number and one of s, min, h, days, such as 10min, is '-1s'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, patience: ^31days }", ".patience must be 30days or less, is '31days'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b }, stall: ^0s }", ".stall must be 1s or more, is '0s'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b, on: { ^dtn2: { target: /c } } } }", ".mounts.on.dtn2 names 'dtn2', which is not under 'hosts'; did you mean 'dtn1'?")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b, on: ^[h] } }", ".mounts.on must be a mapping of names, is a list")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b, on: { h: ^/c } } }", ".mounts.on.h must be a mapping with the keys source, target, is '/c'")]
    [InlineData("{ source: { directory: /a }, mounts: { target: /b, on: { h: { ^path: /c } } } }", ".mounts.on.h: unknown key 'path'; known are source, target")]
    public async Task In_a_migration(string yaml, string problem, string name = "m") => await _folder.ShouldHaveOneProblemAsync(
        $"clusters: {{ c: {{ address: c }} }}\nhosts: {{ h: {{ local: true }}, dtn1: {{ local: true }} }}\nmigrations:\n  {name}: {yaml}",
        "migrations.m" + (problem[0] is '.' or ':' ? "" : " ") + problem);

    [Fact]
    public async Task I_get_all_of_them_at_once_in_the_order_of_the_file()
    {
        var problems = await _folder.ProblemsAsync("""
            version: 3
            migrations:
              a:
                source: { cluster: musik }
                mounts: { source: /a, target: /a/b }
                hosts: [dtn3, dtn1]
                options: [--delete, -rH]
              b:
                sauce: {}
                mounts: { target: /a }
                buckets: -1
            hosts:
              dtn1:
                slots: 0
                slots: 2
                slots: 3
                bandwidth: fast
              dtn1: {}
            clusters:
              music: { address: "a b", token: "${env:NONE}" }
            """);

        problems.ShouldBe([
            "migrations.yml:1:10: version must be 1, is 3",
            "migrations.yml:4:24: migrations.a.source.cluster names 'musik', which is not under 'clusters'; did you mean 'music'?",
            "migrations.yml:5:35: migrations.a.mounts.target must not be inside the source '/a', is '/a/b'",
            "migrations.yml:6:13: migrations.a.hosts[0] names 'dtn3', which is not under 'hosts'; did you mean 'dtn1'?",
            "migrations.yml:7:15: migrations.a.options[0] cannot be '--delete': QSplit deletes only at the cutover, within deleteLimit",
            "migrations.yml:7:25: migrations.a.options[1] cannot be '-rH': it contains -r: each pass decides how deep a list reaches",
            "migrations.yml:8:3: migrations.b needs 'source': What is migrated: a mounted 'directory', or a 'path' on a 'cluster'.",
            "migrations.yml:9:5: migrations.b: unknown key 'sauce'; did you mean 'source'?",
            "migrations.yml:10:23: migrations.b.mounts.target must not hold the target of migration 'a', '/a/b', is '/a'",
            "migrations.yml:11:14: migrations.b.buckets must be auto, or 1 or more, is -1",
            "migrations.yml:13:3: hosts.dtn1 needs 'address' or 'local: true'",
            "migrations.yml:14:12: hosts.dtn1.slots must be 1 or more, is 0",
            "migrations.yml:15:5: hosts.dtn1: duplicate key 'slots'; it is already at 14:5",
            "migrations.yml:16:5: hosts.dtn1: duplicate key 'slots'; it is already at 14:5",
            "migrations.yml:17:16: hosts.dtn1.bandwidth must be a number of bytes a second, such as 400MB/s or 1.5GiB/s, is 'fast'",
            "migrations.yml:18:3: hosts: duplicate key 'dtn1'; it is already at 13:3",
            "migrations.yml:20:21: clusters.music.address must be a host name or an IP address, without scheme, user or port, is 'a b'",
            "migrations.yml:20:35: clusters.music.token refers to ${env:NONE}, but the environment variable 'NONE' is not set",
        ]);
    }
}

using QSplit.Manifests;

namespace QSplit.Tests.Manifests;

/// <summary>Migrations with 'mover: robocopy': what is right, and each thing that does not go together with it.</summary>
public sealed class RobocopySpecs : IDisposable
{
    private const string Hosts = "hosts: { w1: { address: w1, shell: cmd }, l1: { address: l1 } }\n";

    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Mounts_are_paths_of_Windows_as_they_are_written()
    {
        var manifest = await _folder.ReadAsync("""
            version: 1
            clusters: { c: { emulate: . } }
            hosts: { w1: { address: w1, shell: cmd, slots: 2 }, w2: { address: w2, shell: cmd } }
            migrations:
              m:
                source: { cluster: c, path: /music }
                mover: robocopy
                mounts: { source: \\nas\old\music\, target: 'D:\', on: { w2: { target: \\new\100% & more\$(x) } } }
                hosts: [w1, w2]
                options: [/MT:16, /SEC]
            """);

        var migration = manifest.Migrations[0];
        migration.Mover.ShouldBe(MoverKind.Robocopy);
        migration.Mounts.On("w1").ShouldBe(new(@"\\nas\old\music", @"D:\"));
        migration.Mounts.On("w2").ShouldBe(new(@"\\nas\old\music", @"\\new\100% & more\$(x)"));
        migration.Options.ShouldBe(["/MT:16", "/SEC"]);
        manifest.Hosts[0].Shell.ShouldBe(HostShell.Cmd);
    }

    [Fact]
    public async Task A_directory_that_this_machine_crawls_is_a_path_of_this_machine()
    {
        var manifest = await _folder.ReadAsync(@"{ version: 1, migrations: { m: { source: { directory: data }, mover: robocopy, mounts: { source: '\\nas\old', target: 'E:\new' } } } }");

        manifest.Migrations[0].Source.ShouldBe(new MigrationSource.Mounted(Path.Combine(_folder.Path, "data")));
        manifest.Migrations[0].Hosts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/mnt/new", @"must be an absolute path of Windows, such as \\server\share\dir or D:\music, is '/mnt/new'")]
    [InlineData(@"'new\x'", @"must be an absolute path of Windows, such as \\server\share\dir or D:\music, is 'new\x'")]
    [InlineData("'D:x'", @"must be an absolute path of Windows, such as \\server\share\dir or D:\music, is 'D:x'")]
    [InlineData("'D:/x'", @"must be an absolute path of Windows, such as \\server\share\dir or D:\music, is 'D:/x'")]
    [InlineData(@"'\\server'", @"must be an absolute path of Windows, such as \\server\share\dir or D:\music, is '\\server', which has no share")]
    [InlineData(@"'\\?\D:\x'", @"must be an absolute path of Windows, such as \\server\share\dir or D:\music: in '\\?\D:\x', the name '?' has a '?' in it")]
    [InlineData(@"'D:\a\..\b'", @"must be an absolute path of Windows, such as \\server\share\dir or D:\music: in 'D:\a\..\b', the name '..' is a relative reference")]
    [InlineData(@"'D:\a\\b'", @"must be an absolute path of Windows, such as \\server\share\dir or D:\music: in 'D:\a\\b', the name '' is empty")]
    [InlineData(@"'D:\a""b'", @"must be an absolute path of Windows, such as \\server\share\dir or D:\music: in 'D:\a""b', the name 'a""b' has a '""' in it")]
    [InlineData(@"'D:\nul.txt'", @"must be an absolute path of Windows, such as \\server\share\dir or D:\music: in 'D:\nul.txt', the name 'nul.txt' is that of the device NUL")]
    public Task A_target_that_is_none_of_Windows_is_a_problem(string target, string problem) => _folder.ShouldHaveOneProblemAsync(
        $"migrations: {{ m: {{ source: {{ directory: /a }}, mover: robocopy, mounts: {{ source: '\\\\nas\\old', target: ^{target} }} }} }}",
        "migrations.m.mounts.target " + problem);

    [Theory]
    [InlineData(@"C:\Data", @"C:\DATA", @"must not be the source itself, is 'C:\DATA'")]
    [InlineData(@"C:\Data", @"C:\dATA\x", @"must not be inside the source 'C:\Data', is 'C:\dATA\x'")]
    [InlineData(@"\\NAS\s\x", @"\\nas\S", @"must not hold the source '\\NAS\s\x', is '\\nas\S'")]
    [InlineData(@"C:\", @"C:\x", @"must not be inside the source 'C:\', is 'C:\x'")]
    public Task A_target_that_is_or_is_in_or_holds_its_source_is_a_problem_in_any_case_of_letters(string source, string target, string problem) => _folder.ShouldHaveOneProblemAsync(
        $"migrations: {{ m: {{ source: {{ directory: /a }}, mover: robocopy, mounts: {{ source: '{source}', target: ^'{target}' }} }} }}",
        "migrations.m.mounts.target " + problem);

    [Fact]
    public Task Two_migrations_that_write_the_same_are_a_problem() => _folder.ShouldHaveOneProblemAsync(
        """
        migrations:
          one: { source: { directory: /a }, mover: robocopy, mounts: { source: 'C:\a', target: 'D:\To' } }
          two: { source: { directory: /b }, mover: robocopy, mounts: { source: 'C:\b', target: ^'d:\to\b' } }
        """,
        @"migrations.two.mounts.target must not be inside the target of migration 'one', 'D:\To', is 'd:\to\b'");

    [Theory]
    [InlineData("mover: robocopy, hosts: [w1, ^l1], mounts: { source: 'C:\\a', target: 'D:\\b' }", "migrations.m.hosts[1] names 'l1', which has 'shell: sh', and robocopy runs where it is 'shell: cmd'")]
    [InlineData("hosts: [l1, ^w1], mounts: { target: /b }", "migrations.m.hosts[1] names 'w1', which has 'shell: cmd', and rsync runs where it is 'shell: sh'; on Windows the migration needs 'mover: robocopy'")]
    [InlineData("mover: robocopy, ^mounts: { target: 'D:\\b' }", "migrations.m.mounts needs 'source': Where the Windows hosts see the source.")]
    [InlineData("mover: robocopy, mounts: { source: 'C:\\a', target: 'D:\\b' }, ^bandwidth: 1MB/s", "migrations.m.bandwidth means nothing to robocopy, which keeps to no rate; pauses between blocks are an option of it: options: [/IPG:10]")]
    [InlineData("mover: robocopy, mounts: { source: 'C:\\a', target: 'D:\\b' }, ^reserve: 1MB", "migrations.m.reserve means nothing beside 'mover: robocopy': Windows hosts are not asked how much room there is")]
    [InlineData("mover: robocopy, mounts: { source: 'C:\\a', target: 'D:\\b' }, ^stall: 1min", "migrations.m.stall means nothing beside 'mover: robocopy': it says nothing while it copies a large file, so silence tells nothing of it")]
    [InlineData("mover: ^copy, mounts: { target: /b }", "migrations.m.mover must be rsync or robocopy, is 'copy'")]
    [InlineData("mover: robocopy, options: [^/MIR], mounts: { source: 'C:\\a', target: 'D:\\b' }", "migrations.m.options[0] cannot be '/MIR': nothing is deleted before the cutover, which has its own limit")]
    [InlineData("mover: robocopy, options: [^--acls], mounts: { source: 'C:\\a', target: 'D:\\b' }", "migrations.m.options[0] cannot be '--acls': it does not start with '/'; robocopy's options do, such as /MT:16 or /SEC")]
    [InlineData("options: [^/SEC], mounts: { target: /b }", "migrations.m.options[0] cannot be '/SEC': it does not start with '-'; an option and its value are one item, such as --chmod=g+w")]
    public Task What_does_not_go_together_is_a_problem(string keys, string problem) =>
        _folder.ShouldHaveOneProblemAsync($"{Hosts}migrations: {{ m: {{ source: {{ directory: /a }}, {keys} }} }}", problem);

    [Theory]
    [InlineData("local: true, ^shell: cmd", "hosts.h.shell means nothing beside 'local: true': this program asks the machine that it runs on by sh")]
    [InlineData("address: h, shell: cmd, ^bandwidth: 1MB/s", "hosts.h.bandwidth means nothing to robocopy, which keeps to no rate; pauses between blocks are an option of it: options: [/IPG:10]")]
    [InlineData("address: h, shell: ^powershell", "hosts.h.shell must be sh or cmd, is 'powershell'")]
    public Task What_does_not_go_together_in_a_host_is_a_problem(string keys, string problem) => _folder.ShouldHaveOneProblemAsync($"hosts: {{ h: {{ {keys} }} }}", problem);

    [Fact]
    public async Task Names_that_are_keys_elsewhere_mislead_nobody()
    {
        var manifest = await _folder.ReadAsync(@"{ version: 1, hosts: { mover: { address: h } }, migrations: { mover: { source: { directory: /a }, mounts: { target: /b, on: { mover: { target: /c } } } } } }");

        manifest.Migrations[0].Mounts.On("mover").Target.ShouldBe("/c");
    }
}

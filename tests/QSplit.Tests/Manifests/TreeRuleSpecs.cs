namespace QSplit.Tests.Manifests;

/// <summary>A copy never reads what it writes, and no two copies write the same.</summary>
public sealed class TreeRuleSpecs : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/a", "{ target: ^/a }", "must not be the source itself, is '/a'")]
    [InlineData("/a/", "{ target: ^/a/../a/. }", "must not be the source itself, is '/a'")]
    [InlineData("/a", "{ target: ^/a/b }", "must not be inside the source '/a', is '/a/b'")]
    [InlineData("/a/b", "{ target: ^/a }", "must not hold the source '/a/b', is '/a'")]
    [InlineData("/", "{ target: ^/a }", "must not be inside the source '/', is '/a'")]
    [InlineData("/a", "{ source: /b, target: ^/b/c }", "must not be inside the source '/b', is '/b/c'")]
    [InlineData("/a", "{ source: /b, target: ^/a/c }", "must not be inside the source '/a', is '/a/c'")]
    [InlineData("data", "{ target: ^data/new }", "must not be inside the source '{0}/data', is '{0}/data/new'")]
    [InlineData("data", "{ target: ^link/new }", "must not be inside the source '{0}/data', is '{0}/link/new' (by links '{0}/data/new')")]
    [InlineData("chain/x", "{ target: ^data/x }", "must not be the source itself, is '{0}/data/x'")]
    [InlineData("inner", "{ target: ^data }", "must not hold the source '{0}/inner' (by links '{0}/data/deep'), is '{0}/data'")]
    public async Task A_target_that_is_or_is_in_or_holds_its_source_is_a_problem(string source, string mounts, string problem)
    {
        MakeLinks();

        await _folder.ShouldHaveOneProblemAsync(
            $"migrations: {{ m: {{ source: {{ directory: {source} }}, mounts: {mounts} }} }}",
            "migrations.m.mounts.target " + problem.Replace("{0}", _folder.Path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/to", "^/to", "must not be the target of migration 'one' too, is '/to'")]
    [InlineData("/to", "^/to/b", "must not be inside the target of migration 'one', '/to', is '/to/b'")]
    [InlineData("/to/b", "^/to", "must not hold the target of migration 'one', '/to/b', is '/to'")]
    [InlineData("link", "^data", "must not be the target of migration 'one' too, is '{0}/data'")]
    public async Task Two_migrations_that_write_the_same_are_a_problem(string one, string two, string problem)
    {
        MakeLinks();

        await _folder.ShouldHaveOneProblemAsync(
            $"migrations:\n  one: {{ source: {{ directory: /a }}, mounts: {{ target: {one} }} }}\n  two: {{ source: {{ directory: /b }}, mounts: {{ target: {two} }} }}",
            "migrations.two.mounts.target " + problem.Replace("{0}", _folder.Path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("^{ target: /a }", "must not be the source itself, is '/a'")]
    [InlineData("^{ target: /a/b }", "must not be inside the source '/a', is '/a/b'")]
    [InlineData("^{ source: /b/c }", "must not hold the source '/b/c', is '/b'")]
    [InlineData("^{ source: /x, target: /x/y }", "must not be inside the source '/x', is '/x/y'")]
    public async Task So_are_they_on_one_host_that_sees_the_trees_elsewhere(string on, string problem) => await _folder.ShouldHaveOneProblemAsync(
        $"hosts: {{ h: {{ address: h }} }}\nmigrations: {{ m: {{ source: {{ directory: /a }}, mounts: {{ target: /b, on: {{ h: {on} }} }} }} }}",
        "migrations.m.mounts.on.h target " + problem);

    [Fact]
    public async Task Two_migrations_that_write_the_same_on_one_host_are_a_problem() => await _folder.ShouldHaveOneProblemAsync(
        """
        hosts: { h: { address: h }, g: { address: g } }
        migrations:
          one: { source: { directory: /a }, mounts: { target: /b, on: { h: { target: /z } } } }
          two: { source: { directory: /c }, mounts: { target: /d, on: { g: { target: /z }, h: ^{ target: /z/y } } } }
        """,
        "migrations.two.mounts.on.h target must not be inside the target of migration 'one', '/z', is '/z/y'");

    [Fact]
    public async Task Links_of_this_machine_say_nothing_of_a_host()
    {
        MakeLinks();

        var manifest = await _folder.ReadAsync(
            "version: 1\nhosts: { h: { address: h } }\nmigrations: { m: { source: { directory: /a }, mounts: { target: /b, on: { h: { source: data, target: link/x } } } } }");

        manifest.Migrations[0].Mounts.On("h").ShouldBe(new(Path.Combine(_folder.Path, "data"), Path.Combine(_folder.Path, "link/x")));
    }

    [Fact]
    public async Task A_loop_of_links_ends()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "x"), "y");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "y"), "x");

        var manifest = await _folder.ReadAsync("version: 1\nmigrations: { m: { source: { directory: x/a }, mounts: { target: /to } } }");

        manifest.Migrations[0].Mounts.Source.ShouldBe(Path.Combine(_folder.Path, "x/a"));
    }

    private void MakeLinks()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "data/deep"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), "data");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "chain"), "./x/../link");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "x"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "inner"), Path.Combine(_folder.Path, "link/deep"));
    }
}

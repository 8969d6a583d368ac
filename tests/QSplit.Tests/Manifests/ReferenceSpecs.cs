using System.Text.Json;

namespace QSplit.Tests.Manifests;

public sealed class ReferenceSpecs : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("${env:TOKEN}", "hunter2")]
    [InlineData("a${env:TOKEN}b${env:TOKEN}c", "ahunter2bhunter2c")]
    [InlineData("${file:secrets/token}", "from a file")]
    [InlineData("${file:secrets/windows}", "two\nlines")]
    [InlineData("${env:NESTED}", "${env:TOKEN}")]
    [InlineData("$${env:TOKEN}", "${env:TOKEN}")]
    [InlineData("$$${env:TOKEN}", "$${env:TOKEN}")]
    [InlineData("$5 and } and $", "$5 and } and $")]
    public async Task I_can_keep_a_secret_out_of_the_manifest(string written, string secret)
    {
        _folder.Environment["TOKEN"] = "hunter2";
        _folder.Environment["NESTED"] = "${env:TOKEN}";
        _folder.Write("secrets/token", "from a file\n");
        _folder.Write("secrets/windows", "two\nlines\r\n");

        var manifest = await _folder.ReadAsync($"version: 1\nclusters:\n  c:\n    address: c\n    token: '{written}'\n{ManifestFolder.Migration}");

        manifest.Clusters[0].Token!.Reveal().ShouldBe(secret);
    }

    [Fact]
    public async Task I_can_refer_to_the_environment_anywhere()
    {
        _folder.Environment["SLOTS"] = "7";
        _folder.Environment["WHERE"] = "/mnt";

        var manifest = await _folder.ReadAsync("""
            version: 1
            hosts: { h: { local: true, slots: "${env:SLOTS}" } }
            migrations: { m: { source: { directory: "${env:WHERE}/a" }, mounts: { target: "${env:WHERE}/b" } } }
            """);

        manifest.Hosts[0].Slots.ShouldBe(7);
        manifest.Migrations[0].Mounts.ShouldBe(new("/mnt/a", "/mnt/b"));
    }

    [Theory]
    [InlineData("${env:NONE}", "refers to ${env:NONE}, but the environment variable 'NONE' is not set")]
    [InlineData("x${file:none}", "refers to ${file:none}, but there is no file '{folder}/none'")]
    [InlineData("${file:.}", "refers to ${file:.}, but '{folder}' cannot be read: Access to the path '{folder}' is denied.")]
    [InlineData("${file:big}", "refers to ${file:big}, but '{folder}/big' has more than 65,536 bytes")]
    [InlineData("${env:X", "has a '${' without its '}'; a plain '${' is written '$${'")]
    [InlineData("${X}", "has ${X}, which refers to nothing; write ${env:NAME} or ${file:path}, or '$${' for a plain '${'")]
    [InlineData("${env:EMPTY}", "must not be empty")]
    public async Task A_reference_to_nothing_is_a_problem_at_its_place(string written, string problem)
    {
        _folder.Environment["EMPTY"] = "";
        _folder.Write("big", new string('x', 70_000));

        await _folder.ShouldHaveOneProblemAsync(
            $"clusters:\n  c:\n    address: c\n    token: ^'{written}'",
            $"clusters.c.token {problem.Replace("{folder}", _folder.Path, StringComparison.Ordinal)}");
    }

    [Fact]
    public async Task What_a_reference_brings_is_not_printed_when_it_is_wrong()
    {
        _folder.Environment["TOKEN"] = "hunter2";

        await _folder.ShouldHaveOneProblemAsync("hosts: { h: { local: true, slots: ^'${env:TOKEN}' } }", "hosts.h.slots must be a whole number, is '${env:TOKEN}'");
    }

    [Fact]
    public async Task A_home_directory_that_nobody_knows_is_a_problem()
    {
        _folder.Environment.Remove("HOME");

        await _folder.ShouldHaveOneProblemAsync("clusters: { c: { emulate: ^~/x } }", "clusters.c.emulate starts with '~', but the environment variable 'HOME' is not set");
    }

    [Fact]
    public async Task A_secret_is_never_printed()
    {
        var manifest = await _folder.ReadAsync($"version: 1\nclusters: {{ c: {{ address: c, user: u, password: hunter2 }}, d: {{ address: d, token: hunter2 }} }}\n{ManifestFolder.Migration}");

        foreach (var cluster in manifest.Clusters)
        {
            var secret = (cluster.Password ?? cluster.Token)!;
            cluster.ToString().ShouldContain("***");
            $"{manifest} {cluster} {secret} {string.Join(' ', manifest.Clusters)}".ShouldNotContain("hunter2");
            string.Format(null, "{0:X}", secret).ShouldBe("***");
            JsonSerializer.Serialize(cluster).ShouldNotContain("hunter2");
            secret.Reveal().ShouldBe("hunter2");
        }
    }
}

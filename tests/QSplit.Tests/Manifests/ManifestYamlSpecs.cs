using System.Text;
using QSplit.Manifests;

namespace QSplit.Tests.Manifests;

/// <summary>A file that is no manifest at all, or tries to be too much of one.</summary>
public sealed class ManifestYamlSpecs : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", 1, 1, "the manifest is empty; it starts with 'version: 1' and needs 'migrations:'")]
    [InlineData("\uFEFF# only\n# comments\n", 1, 1, "the manifest is empty; it starts with 'version: 1' and needs 'migrations:'")]
    [InlineData("version: 1\nhosts:\n\ta: {}\n", 3, 1, "a tab in the indentation; YAML wants spaces")]
    [InlineData("version: 1\nhosts:\n  a:\n  \tlocal: true\n", 4, 3, "a tab in the indentation; YAML wants spaces")]
    [InlineData("version: 1\nhosts: { a: { local: true }\n", 3, 1, "not YAML: while parsing a flow mapping, did not find expected ',' or '}'")]
    [InlineData("version: [1\nhosts: {}\n", 1, 10, "not YAML: a bracket or brace is not closed")]
    [InlineData("version: 1\nhosts: a: b\n", 2, 9, "not YAML: while scanning a plain scalar value, found invalid mapping; the indentation may be off, or a value with ': ' must be in quotes")]
    [InlineData("version: 1\nclusters: { c: { token: ${env:X} } }\n", 2, 26, "not YAML: while parsing a flow mapping, did not find expected ',' or '}'; between { } or [ ], a value with ${...} must be in quotes")]
    [InlineData("version: \"1\n", 1, 10, "not YAML: while scanning a quoted scalar, found unexpected end of stream")]
    [InlineData("%PDF-1.4\n", 1, 1, "not YAML: while scanning a directive, found unexpected non-alphabetical character")]
    [InlineData("version: 1\nhosts: \u0000\n", 2, 8, "not YAML: a control character, U+0000; in double quotes it can be written \\x00")]
    public async Task What_is_not_YAML_is_said_where_it_stops_being_YAML(string text, int line, int column, string message) =>
        (await _folder.ProblemsAsync(text)).ShouldBe([$"migrations.yml:{line}:{column}: {message}"]);

    [Theory]
    [InlineData("\n^---\nversion: 1", "a second document starts here; a manifest is one document, without '---' in it")]
    [InlineData("\nhosts: { h: { local: ^!yes true } }", "hosts.h.local: the tag '!yes' means nothing here; leave it out")]
    [InlineData("\nhosts: { h: { local: true, <<: ^[1] } }", "hosts.h: '<<' must name a mapping or a list of mappings, is 1", 1)]
    [InlineData("\nhosts: { ^[h]: { local: true } }", "hosts: a key must be a plain name")]
    public async Task What_YAML_has_and_a_manifest_has_not_is_refused(string after, string message, int further = 0) =>
        await _folder.ShouldHaveOneProblemAsync("version: 1\n" + ManifestFolder.Migration.TrimEnd() + after, message, further);

    [Fact]
    public async Task An_alias_of_nothing_or_of_itself_is_a_problem()
    {
        (await _folder.ProblemsAsync("version: 1\nhosts: { h: *x }\n" + ManifestFolder.Migration))
            .ShouldContain("migrations.yml:2:13: nothing before this is called '&x', and an alias cannot be inside what it names");
        (await _folder.ProblemsAsync("version: 1\nhosts: { h: &x { <<: *x } }\n" + ManifestFolder.Migration))
            .ShouldContain("migrations.yml:2:22: nothing before this is called '&x', and an alias cannot be inside what it names");
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_found()
    {
        _folder.Write("migrations.yml", [.. "version: 1\nhosts: "u8, 0xFF, 0xFE]);

        var exception = await Should.ThrowAsync<ManifestException>(() => _folder.ReadFileAsync("migrations.yml"));

        exception.Problems.ShouldBe([new("migrations.yml", 2, 8, "not UTF-8 text from here on; save the manifest as UTF-8")]);
    }

    [Fact]
    public async Task A_billion_laughs_cost_neither_memory_nor_time()
    {
        var bomb = new StringBuilder("a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
        for (var letter = 'b'; letter <= 'i'; letter++) bomb.Append($"{letter}: &{letter} [{string.Join(", ", Enumerable.Repeat($"*{(char)(letter - 1)}", 9))}]\n");
        _folder.Write("migrations.yml", bomb.ToString());

        var (problems, allocated) = await Task.Run(
            () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var exception = Should.Throw<ManifestException>(() => ManifestReader.Read("migrations.yml", _folder.Path, _ => null));
                return (exception.Message.Split('\n'), GC.GetAllocatedBytesForCurrentThread() - before);
            },
            TestContext.Current.CancellationToken);

        problems.ShouldBe(["migrations.yml:6:8: the manifest has more than 100,000 values from here on, with its aliases written out; split it"]);
        allocated.ShouldBeLessThan(20_000_000);
    }

    [Fact]
    public async Task Whatever_I_type_wrong_I_get_problems_with_places_and_never_a_crash()
    {
        const string Good = "version: 1\nhosts:\n  a: &a { local: true, slots: 2 }\n  b: { <<: *a }\nclusters: { c: { emulate: d } }\n" + ManifestFolder.Migration;
        string[] slips = ["{", "}", "[", "]", ":", " ", "\n", "\t", "&x", "*x", "<<: ", "- ", "? ", "|", "'", "\"", "#", "!", "%", "---", "${", "\\", "`", ",", "\u0085"];
        // The same slips each time: a failure can be looked at.
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var text = Good;
            for (var slip = random.Next(1, 5); slip > 0; slip--)
                text = random.Next(2) == 0 ? text.Insert(random.Next(text.Length), slips[random.Next(slips.Length)]) : text.Remove(random.Next(text.Length - 1), 1);
            try
            {
                await _folder.ReadAsync(text);
            }
            catch (ManifestException wrong)
            {
                wrong.Problems.ShouldNotBeEmpty(text);
                wrong.Problems.ShouldAllBe(problem => problem.Line >= 1 && problem.Line <= text.Count('\n') + 2 && problem.Column >= 1, text);
            }
        }
    }

    [Theory]
    [InlineData("", 21)]
    [InlineData("hosts: ", 27)]
    public async Task Brackets_without_end_stop_early(string start, int column) =>
        (await _folder.ProblemsAsync(start + new string('[', 100_000)))
            .ShouldBe([$"migrations.yml:1:{column}: values are more than {YamlText.MaxDepth} levels deep from here on; a manifest needs 5"]);

    [Fact]
    public async Task Depth_hidden_in_aliases_counts()
    {
        var yaml = new StringBuilder("a: &a [[[[[[[[1]]]]]]]]\n");
        for (var letter = 'b'; letter <= 'd'; letter++) yaml.Append($"{letter}: &{letter} [[[[[*{(char)(letter - 1)}]]]]]\n");

        (await _folder.ProblemsAsync(yaml.ToString()))
            .ShouldBe([$"migrations.yml:4:12: values are more than {YamlText.MaxDepth} levels deep from here on; a manifest needs 5"]);
    }

    [Fact]
    public async Task A_manifest_with_a_thousand_hosts_and_migrations_is_read_in_no_time()
    {
        var yaml = new StringBuilder("version: 1\nhosts:\n");
        for (var n = 0; n < 1000; n++) yaml.Append($"  h{n}: {{ address: h{n}.example.com, slots: 4 }}\n");
        yaml.Append("migrations:\n");
        for (var n = 0; n < 1000; n++) yaml.Append($"  m{n}: {{ source: {{ directory: /from/{n} }}, mounts: {{ target: /to/{n} }}, hosts: [h{n}] }}\n");

        (await _folder.ReadAsync(yaml.ToString())).Migrations.Length.ShouldBe(1000);
    }
}

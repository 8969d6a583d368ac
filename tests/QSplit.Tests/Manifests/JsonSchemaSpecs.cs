using System.Text.Json.Nodes;
using QSplit.Manifests;
using QSplit.Trees;

namespace QSplit.Tests.Manifests;

public sealed class JsonSchemaSpecs
{
    [Fact]
    public void The_schema_in_the_repository_is_that_of_the_reader()
    {
        var file = Path.Combine(RepositoryRoot(), "migrations.schema.json");
        if (Environment.GetEnvironmentVariable("QSPLIT_APPROVE") == "1") File.WriteAllText(file, JsonSchema.Write());

        var committed = File.Exists(file) ? File.ReadAllText(file) : "";

        committed.ShouldBe(JsonSchema.Write(), "migrations.schema.json is stale. To renew it: QSPLIT_APPROVE=1 dotnet test tests/QSplit.Tests --filter JsonSchemaSpecs");
    }

    [Fact]
    public void Every_key_of_the_schema_says_what_it_is_for()
    {
        var keys = Keys("", JsonNode.Parse(JsonSchema.Write())!.AsObject()).ToDictionary(pair => pair.Path, pair => pair.Schema);

        keys.Keys.ShouldContain("migrations.*.mounts.target");
        keys.Keys.ShouldContain("hosts.*.bandwidth");
        keys.Where(key => key.Value["description"] is null).ShouldBeEmpty();
        keys["migrations.*.leaveOut"]["default"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldBe(LocalTreeOptions.OfSystems);
    }

    private static IEnumerable<(string Path, JsonObject Schema)> Keys(string path, JsonObject schema)
    {
        foreach (var (name, value) in schema["properties"]?.AsObject() ?? [])
        {
            yield return (path + name, value!.AsObject());
            foreach (var below in Keys($"{path}{name}.", value.AsObject())) yield return below;
        }
        if (schema["additionalProperties"] is JsonObject any)
            foreach (var below in Keys($"{path}*.", any)) yield return below;
    }

    private static string RepositoryRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "QSplit.slnx"))) directory = Path.GetDirectoryName(directory).ShouldNotBeNull("the tests run below the repository");
        return directory;
    }
}

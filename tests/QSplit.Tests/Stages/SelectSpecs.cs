using QSplit.Manifests;
using QSplit.Pipes;
using QSplit.Stages;
using QSplit.Testing;

namespace QSplit.Tests.Stages;

/// <summary>A pipeline of one's own is about one migration of the manifest.</summary>
public sealed class SelectSpecs
{
    [Fact(Timeout = HangLimit)]
    public async Task It_is_named_and_one_that_was_not_asked_for_is_said()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["migrations.yml"], "{ version: 1, migrations: { a: { source: { directory: a }, mounts: { target: b } }, c: { source: { directory: c }, mounts: { target: d } } } }");
        var pipeline = new MigrationPipeline(World.Of(folder.Path));
        Flow<Job> Selected(string name, params string[] asked) => new MigrationRequest("migrations.yml", [.. asked], null, [], false) | pipeline.ReadManifest >> MigrationPipeline.Select(name);

        (await Selected("c").RunAsync(TestContext.Current.CancellationToken)).Migration.Name.ShouldBe("c");
        (await Should.ThrowAsync<StageFailedException>(() => Selected("c", "a").RunAsync(TestContext.Current.CancellationToken))).InnerException.ShouldBeOfType<ManifestException>()
            .Message.ShouldBe("This target is about migration 'c', which is not among those that the manifest has and the command line asks for: a.");
    }
}

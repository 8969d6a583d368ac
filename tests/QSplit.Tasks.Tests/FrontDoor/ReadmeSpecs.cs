using QSplit.Manifests;
using QSplit.Testing;

namespace QSplit.Tasks.Tests.FrontDoor;

public sealed class ReadmeSpecs
{
    [Fact]
    public void The_code_of_the_README_compiles_as_it_stands()
    {
        var compiled = string.Concat(((string[])["tests/QSplit.Tasks.Tests/FrontDoor/ReadmeExamples.cs", "samples/NightlyMusic/NightlyMusicTask.cs"]).Select(file => Lines(File.ReadAllText(Path.Combine(Readme.Root, file)))));
        foreach (var block in Readme.Blocks(Readme.Own, "csharp")) compiled.ShouldContain(Lines(block));
    }

    [Fact]
    public void The_manifest_of_the_README_is_right()
    {
        using var folder = new TemporaryFolder();
        foreach (var block in Readme.Blocks(Readme.Own, "yaml"))
        {
            File.WriteAllText(folder["migrations.yml"], block);
            ManifestReader.Read("migrations.yml", folder.Path, name => $"what {name} says").Migrations.ShouldNotBeEmpty();
        }
    }

    // Indentation and line breaks are the page's own.
    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}

using QSplit.Manifests;

namespace QSplit.Tests.Manifests;

/// <summary>A folder with a manifest in it, read as a user's is: by a relative name, with an environment.</summary>
public sealed class ManifestFolder : IDisposable
{
    /// <summary>A migration that is right, for manifests that are about something else.</summary>
    public const string Migration = "migrations: { ok: { source: { directory: /from }, mounts: { target: /to } } }\n";

    public string Path { get; } = Directory.CreateTempSubdirectory("qsplit-manifest-").FullName;

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal) { ["HOME"] = "/home/mover" };

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public Task<Manifest> ReadAsync(string yaml)
    {
        Write("migrations.yml", yaml);
        return ReadFileAsync("migrations.yml");
    }

    public Task<Manifest> ReadFileAsync(string name) =>
        Task.Run(() => ManifestReader.Read(name, Path, Environment.GetValueOrDefault), TestContext.Current.CancellationToken);

    /// <summary>The lines that a user gets for a manifest that is wrong.</summary>
    public async Task<string[]> ProblemsAsync(string yaml)
    {
        var exception = await Should.ThrowAsync<ManifestException>(() => ReadAsync(yaml));
        exception.Message.Split('\n').ShouldBe(exception.Problems.Select(problem => problem.ToString()));
        return exception.Message.Split('\n');
    }

    /// <summary>Expects one problem, where <paramref name="marked"/> has a <c>^</c> or some columns further; version and migrations are put in where they are missing.</summary>
    public async Task ShouldHaveOneProblemAsync(string marked, string message, int further = 0)
    {
        var whole = (marked.Contains("version:", StringComparison.Ordinal) ? "" : "version: 1\n")
            + marked
            + (marked.Contains("migrations", StringComparison.Ordinal) ? "" : "\n" + Migration);
        var before = whole[..whole.IndexOf('^', StringComparison.Ordinal)];
        var (line, column) = (before.Count(letter => letter == '\n') + 1, before.Length - before.LastIndexOf('\n'));
        (await ProblemsAsync(whole.Replace("^", "", StringComparison.Ordinal))).ShouldBe([$"migrations.yml:{line}:{column + further}: {message}"]);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

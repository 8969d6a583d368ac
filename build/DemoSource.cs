namespace Build;

/// <summary>The tree that the demo moves: about 2,000 files and 60 MB, a few large and many small, the same every time, with names that tools trip over.</summary>
internal static class DemoSource
{
    private const int Files = 2_000;
    private const long Bytes = 60_000_000;
    private static readonly string[] OddNames = ["#draft", ";note", "-rf", "two\nlines", "tab\there", "trailing ", "back\\slash", "$(date)", "* [a-z] ?", "naïve ☃ 🎻", ".. x", "'quoted' \"twice\""];

    /// <summary>Makes it under another name first: a source that is there is whole.</summary>
    public static void Make(string directory)
    {
        var unfinished = directory + ".unfinished";
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        var random = new Random(1685);
        var weights = Enumerable.Range(0, Files).Select(_ => 1 / Math.Pow(random.NextDouble() + 0.002, 1.1)).ToList();
        var scale = Bytes / weights.Sum();
        var content = new byte[(int)Math.Ceiling(weights.Max() * scale) + 1];
        random.NextBytes(content);
        for (var i = 0; i < Files; i++) Write(Path.Combine(unfinished, FolderOf(i, random), $"take-{i:0000}.wav"), content.AsSpan(0, (int)(weights[i] * scale)));
        foreach (var name in OddNames) Write(Path.Combine(unfinished, "odd names", name), content.AsSpan(0, 100));
        Directory.CreateDirectory(Path.Combine(unfinished, "empty"));
        File.CreateSymbolicLink(Path.Combine(unfinished, "latest"), "band-00/album-0");
        Directory.Move(unfinished, directory);
    }

    // Two thirds of all lie in the first bands: the tree is as skewed as real ones are.
    private static string FolderOf(int i, Random random) =>
        i % 50 == 0 ? "" : Path.Combine($"band-{(int)(Math.Pow(random.NextDouble(), 3) * 20):00}", $"album-{random.Next(6)}");

    private static void Write(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}

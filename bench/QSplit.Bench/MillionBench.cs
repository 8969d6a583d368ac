using QSplit.Testing;

namespace QSplit.Bench;

/// <summary>A million files, read by a process of its own, and planned by another: what each holds at most.</summary>
internal static class MillionBench
{
    public static async Task<int> RunAsync(int filesPerDirectory)
    {
        using var folder = new TemporaryFolder(TemporaryFolder.InMemory);
        TreeMaker.Make(folder.Path, new(Seed: 1, Files: 1_000_000, Bytes: 1L << 40, Depth: 12, FilesPerDirectory: filesPerDirectory, Holes: true));
        foreach (var once in (string[][])[["crawl-once", folder.Path], ["plan-local-once", folder.Path, "64"]])
            for (var round = 0; round < 3; round++) Console.Write(Tool.Read("dotnet", [Environment.GetCommandLineArgs()[0], .. once]));
        return 0;
    }
}

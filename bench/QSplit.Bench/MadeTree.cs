using QSplit.Testing;

namespace QSplit.Bench;

/// <summary>A tree to copy, the same every time: a few directories and files are large, many are small.</summary>
internal static class MadeTree
{
    public static int Make(string directory, int files, long bytes)
    {
        Directory.CreateDirectory(directory);
        TreeMaker.Make(directory, new(Seed: 1685, Files: files, Bytes: bytes, FilesPerDirectory: 30));
        return 0;
    }
}

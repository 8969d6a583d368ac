using QSplit.Testing;

namespace QSplit.Bench;

/// <summary>Plans of trees of 10^4 to 10^9 files: whether what they take grows with the tree. Each in a process of its own.</summary>
internal static class PlanBench
{
    public static int Run(string[] shapes)
    {
        Console.WriteLine(PlanOnce.Head);
        foreach (var shape in shapes.DefaultIfEmpty("projects"))
            foreach (var files in (string[])["1e4", "1e6", "1e8", "1e9"])
                foreach (var buckets in (string[])["4", "16", "64"])
                    Console.Write(Tool.Read("dotnet", Environment.GetCommandLineArgs()[0], "plan-once", $"synthetic:files={files},seed=7,shape={shape}", buckets, "cost"));
        return 0;
    }
}

using QSplit.Testing;

namespace QSplit.Bench;

/// <summary>Plans of trees of 10^4 to 10^9 files through the API: whether what they take grows with the tree.</summary>
internal static class PlanBench
{
    private static readonly string[] Usual = [.. ((string[])["1e4", "1e6", "1e8", "1e9"]).Select(files => $"synthetic:files={files},seed=7")];

    public static int Run(string[] trees)
    {
        Console.WriteLine("| tree | buckets | calls | directories expanded | items | first s | of which processor | again s | again, 5 ms a call | over the bound | peak |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var tree in trees.Length > 0 ? trees : Usual)
        {
            foreach (var buckets in (string[])["4", "16", "64"])
            {
                var (near, far) = (Plan(tree, buckets, ""), Plan(tree, buckets, "latency=5ms"));
                Console.WriteLine($"| {tree.Split(':')[^1]} | {buckets} | {near[0]} | {near[1]} | {int.Parse(near[2]):N0} | {near[3]} | {near[7]} | {near[4]} | {far[4]} | {near[5]} % | {near[6]} MB |");
            }
        }
        return 0;
    }

    private static string[] Plan(string tree, string buckets, string faults) =>
        Tool.Read("dotnet", Environment.GetCommandLineArgs()[0], "plan-once", tree, buckets, faults).Trim().Split(' ');
}

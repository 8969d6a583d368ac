using System.Diagnostics;

namespace QSplit.Bench;

/// <summary>Plans of changes, through the API: whether calls and time go by the changes or by the tree. The pass stops behind the plan.</summary>
internal static class SyncBench
{
    private const int Rounds = 9;
    private static readonly string[] Trees = ["1e6", "1e8"];
    private static readonly int[] Changes = [5, 50, 500, 5000];

    public static async Task<int> RunAsync(string faults)
    {
        var contenders = new List<(string Name, Func<Task> Work)>();
        var served = new List<SyncedTree>();
        Console.WriteLine("| files | changes | entries of the plan | calls | calls a change | calls of a whole plan | of a crawl, at least |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var files in Trees)
        {
            foreach (var changes in Changes)
            {
                var tree = await SyncedTree.StartAsync($"synthetic:files={files},seed=7,changes={changes}", faults);
                served.Add(tree);
                var whole = await CallsOfAsync(tree, tree.PlanWholeAsync);
                var entries = 0L;
                var calls = await CallsOfAsync(tree, async () => entries = await tree.PlanChangesAsync());
                // One for each directory, of which there is one for 25 files.
                Console.WriteLine($"| {files} | {changes:N0} | {entries:N0} | {calls:N0} | {(double)calls / changes:F2} | {whole} | {double.Parse(files) / 25:N0} |");
                contenders.Add(($"{changes:N0} changes, {files} files", tree.PlanChangesAsync));
                if (changes == Changes[0]) contenders.Add(($"the whole, {files} files", tree.PlanWholeAsync));
            }
        }
        Console.WriteLine();
        await Contest.RunAsync(Rounds, [contenders.Single(one => one.Name == "50 changes, 1e8 files"), .. contenders.Where(one => one.Name != "50 changes, 1e8 files")]);
        Console.WriteLine();
        var clock = Stopwatch.StartNew();
        var listed = await CallsOfAsync(served[0], served[0].ListAllAsync);
        Console.WriteLine($"Every directory of {Trees[0]} files listed, once: {listed:N0} calls, {clock.Elapsed.TotalSeconds:F1} s");
        foreach (var tree in served) await tree.DisposeAsync();
        return 0;
    }

    private static async Task<int> CallsOfAsync(SyncedTree tree, Func<Task> work)
    {
        var before = await tree.CallsAsync();
        await work();
        return await tree.CallsAsync() - before;
    }
}

using System.Diagnostics;

namespace QSplit.Bench;

/// <summary>Does the same work in several ways, by turns in one run, so that a busy machine is as hard on each.</summary>
internal static class Contest
{
    /// <summary>Does each once unmeasured, then all by turns, and prints medians, fastest and slowest, and the ratio to the first.</summary>
    public static async Task RunAsync(int rounds, params IReadOnlyList<(string Name, Func<Task> Work)> contenders)
    {
        foreach (var (_, work) in contenders) await work();
        var seconds = contenders.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                var at = (turn + round) % contenders.Count;
                var clock = Stopwatch.StartNew();
                await contenders[at].Work();
                seconds[at][round] = clock.Elapsed.TotalSeconds;
            }
        }
        var first = Median(seconds[0]);
        Console.WriteLine("| | median s | fastest | slowest | ratio |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var (contender, times) in contenders.Zip(seconds))
            Console.WriteLine($"| {contender.Name} | {Median(times):F3} | {times.Min():F3} | {times.Max():F3} | {Median(times) / first:F2} |");
    }

    /// <summary>A program, its output thrown away.</summary>
    public static Func<Task> Program(string file, params string[] arguments) => async () =>
    {
        string[] discarding = ["-c", "exec \"$@\" > /dev/null 2>&1", "sh", file, .. arguments];
        using var process = Process.Start("sh", discarding);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{file} exited {process.ExitCode}.");
    };

    private static double Median(double[] values) => values.Order().Skip((values.Length - 1) / 2).Take(2 - values.Length % 2).Average();
}

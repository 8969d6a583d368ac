using System.Globalization;

namespace QSplit.Qumulo.Tests.Syncs;

/// <summary>Whatever is done to a source while it is migrated: in the end nothing is lost, stale, or there that should not be.</summary>
public sealed class HistorySpecs
{
    /// <summary>How many histories; more of them by QSPLIT_HISTORIES, such as 200, or those from one on: 200+100.</summary>
    private static readonly string Asked = Environment.GetEnvironmentVariable("QSPLIT_HISTORIES") ?? "12";

    [Fact(Timeout = HangLimit)]
    public async Task After_any_history_a_cutover_is_signed_off_and_the_trees_are_equal_to_the_last_entry()
    {
        var numbers = Asked.Split('+').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        var failed = new List<string>();
        await Parallel.ForEachAsync(Enumerable.Range(numbers.Count > 1 ? numbers[0] : 1, numbers[^1]), new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = TestContext.Current.CancellationToken }, async (seed, _) =>
        {
            try
            {
                if (await SmallHistory.WhyNotAsync(seed) is { } why) lock (failed) failed.Add(why);
            }
            catch (Exception e)
            {
                lock (failed) failed.Add($"seed {seed}: {e}");
            }
        });
        failed.ShouldBeEmpty(string.Join("\n\n", failed));
    }
}

using QSplit.Emulator;

namespace QSplit.Bench;

/// <summary>An emulator in a process of its own, so that what it holds is not counted as the planner's; it says how to sign in, and for each line of its input how many calls came so far.</summary>
internal static class ServeTree
{
    public static async Task<int> RunAsync(string tree, string faults)
    {
        await using var emulator = await EmulatedCluster.StartAsync(new(tree) { Faults = faults }, TimeProvider.System, CancellationToken.None);
        Console.WriteLine($"{emulator.Port} {emulator.User} {emulator.Password} {emulator.Fingerprint}");
        while (await Console.In.ReadLineAsync() is not null) Console.WriteLine(emulator.Calls);
        return 0;
    }
}

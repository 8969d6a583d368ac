using QSplit.Testing;

namespace QSplit.Tests;

/// <summary>What runs on this machine.</summary>
internal static class ProcessTable
{
    /// <summary>Waits until a process is gone; a zombie, whose parent has not looked yet, is.</summary>
    public static Task IsGoneAsync(int process) => UntilAsync(() => !IsAlive(process));

    /// <summary>Waits until nothing has <paramref name="mark"/> in its command line.</summary>
    public static Task NoneIsLeftAsync(string mark) => UntilAsync(() => Count(mark) == 0);

    /// <summary>Waits until something has <paramref name="mark"/> in its command line: what was started is a fork of its starter for a moment.</summary>
    public static Task OneIsThereAsync(string mark) => UntilAsync(() => Count(mark) == 1);

    public static bool IsAlive(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat") is var stat && stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>How many have <paramref name="mark"/> in their command line.</summary>
    public static int Count(string mark) => int.Parse(Tool.Run("pgrep", "-c", "-f", "--", mark).Output);

    // The time limit of the test ends it.
    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo()) await Task.Delay(50, TestContext.Current.CancellationToken);
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace QSplit.Tests.Dummy;

/// <summary>Programs that end well, badly or never. Each says "ready" first.</summary>
internal static class Endings
{
    public static int Hang()
    {
        Ready();
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    /// <summary>Takes a moment over SIGTERM, then exits 7.</summary>
    public static int InOrder()
    {
        using var asked = new ManualResetEventSlim();
        using var signal = On(PosixSignal.SIGTERM, asked.Set);
        Ready();
        asked.Wait();
        Thread.Sleep(200);
        Console.WriteLine("ended in order");
        return 7;
    }

    /// <summary>Does not mind SIGTERM.</summary>
    public static int Stubborn()
    {
        using var signal = On(PosixSignal.SIGTERM, () => Console.WriteLine("no"));
        return Hang();
    }

    /// <summary>Stubborn, and so is its child, whose process id it says.</summary>
    public static int StubbornParent()
    {
        using var child = Process.Start(Environment.ProcessPath!, [typeof(Endings).Assembly.Location, "stubborn"])!;
        Console.WriteLine($"child {child.Id}");
        return Stubborn();
    }

    /// <summary>Ends at once; its child goes on with both outputs and standard input in hand.</summary>
    public static int LeaveBehind()
    {
        using var child = Process.Start("sleep", ["36000"])!;
        Console.WriteLine($"child {child.Id}");
        return 0;
    }

    private static PosixSignalRegistration On(PosixSignal signal, Action act) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        act();
    });

    private static void Ready() => Console.WriteLine("ready");
}

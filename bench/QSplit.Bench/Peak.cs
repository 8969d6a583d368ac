namespace QSplit.Bench;

/// <summary>The most memory this process has held so far.</summary>
internal static class Peak
{
    public static int Megabytes =>
        int.Parse(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..].Trim().Split(' ')[0]) / 1024;
}

namespace QSplit.Reports.Html;

/// <summary>Amounts in the unit that buckets are balanced by.</summary>
internal static class Amounts
{
    /// <param name="unit"><c>bytes</c>, <c>entries</c> or <c>seconds</c>.</param>
    public static string Of(double amount, string unit) => unit switch
    {
        "seconds" => Humane.Duration(TimeSpan.FromSeconds(Math.Min(amount, TimeSpan.MaxValue.TotalSeconds / 2))),
        "bytes" => Humane.Bytes((long)amount),
        _ => Humane.Count((long)Math.Round(amount), "entry", "entries"),
    };
}

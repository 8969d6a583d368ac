using System.Xml.Linq;

namespace Build;

/// <summary>How many tests passed, failed and were skipped, over all result files of a run.</summary>
internal sealed record TestCount(int Passed, int Failed, int Skipped)
{
    public int Total => Passed + Failed + Skipped;

    /// <param name="results">A folder of <c>.trx</c> files; it may be missing.</param>
    public static TestCount Of(string results) =>
        (Directory.Exists(results) ? Directory.EnumerateFiles(results, "*.trx", SearchOption.AllDirectories) : [])
            .Select(file => XDocument.Load(file).Descendants().First(e => e.Name.LocalName == "Counters"))
            .Aggregate(new TestCount(0, 0, 0), (sum, counters) => sum.And(counters));

    public override string ToString() => $"{Passed} passed, {Failed} failed";

    private TestCount And(XElement counters)
    {
        int Count(string name) => (int?)counters.Attribute(name) ?? 0;
        return new TestCount(Passed + Count("passed"), Failed + Count("failed") + Count("error") + Count("timeout"), Skipped + Count("total") - Count("executed"));
    }
}

using System.Collections.Immutable;

namespace QSplit.Reports;

/// <summary>The checklist of a cutover in lines: pure.</summary>
public static class CutoverText
{
    /// <summary>A line a step, such as <c>[x] verify    source and target are alike</c>.</summary>
    public static ImmutableArray<string> Lines(ImmutableArray<CutoverItem> steps)
    {
        var width = steps.Max(step => step.Name.Length);
        return [.. steps.Select(step => $"  [{Mark(step.Standing)}] {step.Name.PadRight(width)}  {step.Words}".TrimEnd())];
    }

    private static char Mark(CutoverStanding standing) => standing switch { CutoverStanding.Done => 'x', CutoverStanding.Open => '!', _ => ' ' };
}

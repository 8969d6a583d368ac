using System.Diagnostics;

namespace QSplit.Pipes;

/// <summary>Where spans come from: one for each stage, named as the stage.</summary>
internal static class Telemetry
{
    public static readonly ActivitySource Activities = new("QSplit");
}

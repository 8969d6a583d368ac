using System.Diagnostics;
using QSplit.Pipes;

namespace QSplit.Telemetry;

/// <summary>The span around a whole run, from looking for one to go on with to its report.</summary>
internal static class RunSpan
{
    public const string Name = "Run";

    public static void Describe(Activity span, string migration) => span.SetTag(AttributeNames.Migration, migration);

    /// <summary>The one that this is within; null where there is none.</summary>
    public static Activity? Current
    {
        get
        {
            var span = Activity.Current;
            while (span is not null && !(span.OperationName == Name && span.Source.Name == Spans.Source.Name)) span = span.Parent;
            return span;
        }
    }
}

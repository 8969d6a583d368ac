using System.Diagnostics;

namespace QSplit.Pipes;

/// <summary>Where spans come from: one for each stage, named as the stage.</summary>
internal static class Spans
{
    public static readonly ActivitySource Source = new("QSplit", typeof(Spans).Assembly.GetName().Version?.ToString(3));

    /// <summary>Runs something within a span, which says how it ended when that was not well.</summary>
    /// <param name="begun">Given the span, where anybody listens.</param>
    public static async Task<T> AroundAsync<T>(string name, Action<Activity> begun, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        using var span = Source.StartActivity(name);
        try
        {
            if (span is not null) begun(span);
            return await run(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, "cancelled");
            throw;
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }
}

using System.Net;
using System.Text.Json;
using QSplit.Qumulo.Wire;
using RestSharp;
using RestSharp.Interceptors;

namespace QSplit.Qumulo.Calls;

/// <summary>One request and its answer, read from the stream while RestSharp holds it.</summary>
internal sealed class Exchange<T>(ApiCall<T> call, string address, Uri target, string? token, CallLimits limits, TimeProvider time) : Interceptor, IDisposable where T : class
{
    private const int LongestError = 64 << 10;

    private readonly CancellationTokenSource _silence = new(limits.Silence, time);
    private Reply<T>? _reply;

    /// <summary>Sends it once.</summary>
    /// <exception cref="OperationCanceledException">By the caller; a time-out is a fault.</exception>
    public async Task<Reply<T>> RunAsync(RestClient client, Func<string, string?> refusalOf, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _silence.Token);
        var request = new RestRequest("", call.Deleted is not null ? Method.Delete : call.Body is null ? Method.Get : Method.Post)
        {
            CompletionOption = HttpCompletionOption.ResponseHeadersRead,
            Interceptors = [this],
            AdvancedResponseWriter = (_, sent) => new RestResponse(sent),
        };
        if (call.Body is { } body) request.AddBody(body, ContentType.Json);
        var error = await ExecuteAsync(client, request, either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        if (_reply is not null) return _reply;
        if (_silence.IsCancellationRequested) return new Fault.Silence(limits.Silence) { Address = address };
        return Faults.Of(error ?? new InvalidOperationException("There was neither an answer nor an error."), address, limits, refusalOf);
    }

    public override ValueTask BeforeHttpRequest(HttpRequestMessage requestMessage, CancellationToken cancellationToken)
    {
        // RestSharp takes queries apart and encodes them anew; the API's paths and cursors must stay byte for byte.
        requestMessage.RequestUri = target;
        if (token is not null) requestMessage.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return ValueTask.CompletedTask;
    }

    public override async ValueTask AfterHttpRequest(HttpResponseMessage responseMessage, CancellationToken cancellationToken)
    {
        await using var body = await responseMessage.Content.ReadAsStreamAsync(cancellationToken);
        await using var answer = new WatchedStream(body, _silence, limits.Silence, responseMessage.IsSuccessStatusCode ? limits.LargestAnswer : LongestError);
        _reply = responseMessage.IsSuccessStatusCode
            ? await ReadValueAsync(answer, cancellationToken)
            : await ReadErrorAsync(responseMessage, answer, cancellationToken);
    }

    public void Dispose() => _silence.Dispose();

    /// <summary>RestSharp returns what goes wrong while sending, and throws what goes wrong while the answer is read.</summary>
    private static async Task<Exception?> ExecuteAsync(RestClient client, RestRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.ExecuteAsync(request, cancellationToken)).ErrorException;
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException or AnswerTooLongException)
        {
            return error;
        }
    }

    private async Task<Reply<T>> ReadValueAsync(WatchedStream answer, CancellationToken cancellationToken)
    {
        if (call.Deleted is { } deleted) return deleted;
        try
        {
            return await JsonSerializer.DeserializeAsync(answer, call.Answer, cancellationToken) is { } value
                ? value
                : new Fault.Garbled("null") { Address = address };
        }
        catch (JsonException error)
        {
            return new Fault.Garbled(error.Message) { Address = address };
        }
    }

    private async Task<Fault> ReadErrorAsync(HttpResponseMessage response, WatchedStream answer, CancellationToken cancellationToken)
    {
        ErrorAnswer? error = null;
        try
        {
            error = await JsonSerializer.DeserializeAsync(answer, WireJson.Default.ErrorAnswer, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or HttpRequestException or AnswerTooLongException)
        {
            // The status says enough.
        }
        for (; error is { ErrorClass: null, Inner: { } inner }; error = inner)
        {
        }
        var elsewhere = response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest ? response.Headers.Location?.OriginalString.Split('?')[0] : null;
        return new Fault.Answered(response.StatusCode, error?.ErrorClass, error?.Description ?? elsewhere, RetryRules.Asked(response.Headers.RetryAfter, time.GetUtcNow())) { Address = address };
    }
}

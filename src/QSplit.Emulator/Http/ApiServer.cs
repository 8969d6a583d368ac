using System.Collections.Immutable;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace QSplit.Emulator.Http;

/// <summary>Answers requests: faults first, then the login, then the route's own answer. All that goes out is JSON.</summary>
internal sealed class ApiServer(ImmutableArray<Route> routes, Sessions sessions, Faults faults, AccessLog log, TimeProvider time) : IHttpApplication<IFeatureCollection>
{
    private long _calls;

    public long Calls => Volatile.Read(ref _calls);

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var started = time.GetTimestamp();
        Interlocked.Increment(ref _calls);
        var request = context.GetRequiredFeature<IHttpRequestFeature>();
        var lifetime = context.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        var fault = faults.Next();
        try
        {
            if (faults.Latency > TimeSpan.Zero) await Task.Delay(faults.Latency, time, lifetime.RequestAborted);
            var reply = fault switch
            {
                FaultKind.Cut => null,
                FaultKind.TooMany => Reply.Error(429, "rest_too_many_requests_error", "Too many requests: a fault that was asked for.") with { RetryAfter = faults.RetryAfter },
                FaultKind.Error => Reply.Error(faults.ErrorStatus, "internal_server_error", "An error: a fault that was asked for."),
                _ => await AnswerAsync(request, lifetime.RequestAborted),
            };
            // Before the answer is out: who has the answer finds the line.
            log.Write(request.Method, request.RawTarget, reply?.Status ?? 0, time.GetElapsedTime(started));
            // What breaks off is not aborted: a reset would take back what is on its way. Kestrel closes behind an answer that is too short.
            if (reply is not null) await SendAsync(context, reply, whole: fault != FaultKind.Truncate);
            else lifetime.Abort();
        }
        catch (OperationCanceledException) when (lifetime.RequestAborted.IsCancellationRequested)
        {
            log.Write(request.Method, request.RawTarget, 0, time.GetElapsedTime(started));
        }
    }

    private async Task<Reply> AnswerAsync(IHttpRequestFeature request, CancellationToken cancellationToken)
    {
        try
        {
            var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            var target = RawTarget.Parse(request.RawTarget);
            var matches = routes.Select(route => (Route: route, Captured: route.Match(target.Segments))).Where(match => match.Captured is not null).ToArray();
            if (matches.Length == 0) throw new Refusal(404, "rest_not_found_error", $"{request.RawTarget} is not a call of this API. Collections end in a slash.");
            var (route, captured) = Array.Find(matches, match => match.Route.Method == request.Method);
            if (route is null) throw new Refusal(405, "rest_method_not_allowed_error", $"{request.Method} is not for {request.RawTarget}.");
            if (!route.Open && !sessions.Admit(request.Headers.Authorization)) throw Refusal.Unauthorized("Need to log in first to establish credentials.");
            if (route.Privilege is { } privilege && faults.IsWithheld(privilege))
                throw new Refusal(403, "auth_not_authorized_error", $"The account lacks {privilege}.");
            return await route.Answer(new ApiCall(captured!.Value, target.Query, body.ToArray()), cancellationToken);
        }
        catch (Refusal refusal)
        {
            return Reply.Error(refusal.Status, refusal.ErrorClass, refusal.Message);
        }
        catch (BadHttpRequestException e)
        {
            return Reply.Error(e.StatusCode, "rest_invalid_request_error", e.Message);
        }
        catch (UnauthorizedAccessException e)
        {
            return Reply.Error(403, "fs_access_denied_error", e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A client has to see that it is the emulator that failed, and of what.
            return Reply.Error(500, "internal_server_error", e is StorageException ? e.Message : e.ToString());
        }
    }

    private static async Task SendAsync(IFeatureCollection context, Reply reply, bool whole)
    {
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        var body = context.GetRequiredFeature<IHttpResponseBodyFeature>();
        response.StatusCode = reply.Status;
        // By hand, and without a charset: Qumulo's own client takes nothing else.
        response.Headers.ContentType = "application/json";
        response.Headers.ContentLength = reply.Body.Length;
        if (reply.RetryAfter is { } seconds) response.Headers.RetryAfter = $"{seconds}";
        await body.Writer.WriteAsync(whole ? reply.Body : reply.Body[..(reply.Body.Length / 2)]);
        await body.Writer.FlushAsync();
    }
}

using System.Net.Sockets;
using System.Security.Authentication;

namespace QSplit.Qumulo.Calls;

/// <summary>What an exception of the HTTP client means.</summary>
internal static class Faults
{
    public static Fault Of(Exception error, string address, QumuloSettings settings, Func<string, string?> refusalOf)
    {
        var inside = Inside(error).ToList();
        var socket = inside.OfType<SocketException>().FirstOrDefault();
        return inside.OfType<HttpRequestException>().FirstOrDefault()?.HttpRequestError switch
        {
            _ when inside.OfType<AnswerTooLongException>().Any() => new Fault.TooLong(settings.LargestAnswer) { Address = address },
            HttpRequestError.NameResolutionError => new Fault.Unreachable("its name is not known to the name servers", Unknown: socket?.SocketErrorCode != SocketError.TryAgain) { Address = address },
            HttpRequestError.ConnectionError => new Fault.Unreachable(socket is null ? inside[^1].Message : Say(socket), Unknown: false) { Address = address },
            HttpRequestError.SecureConnectionError when refusalOf(address) is { } refusal => new Fault.Untrusted(refusal) { Address = address },
            HttpRequestError.SecureConnectionError when inside.Any(one => one is AuthenticationException) => new Fault.Untrusted(
                $"TLS could not be agreed on: {inside[^1].Message} Is this the port of the REST API, and does it speak TLS 1.2 or 1.3?") { Address = address },
            HttpRequestError.SecureConnectionError => new Fault.Unreachable("the connection ended before TLS was set up", Unknown: false) { Address = address },
            _ when inside.OfType<TimeoutException>().Any() => new Fault.ConnectTimeout(settings.ConnectTimeout) { Address = address },
            _ when inside.Any(one => one is IOException or HttpRequestException) => new Fault.Cut(inside[^1].Message) { Address = address },
            _ => throw new InvalidOperationException($"Unexpected while calling {address}: {error.GetType().Name}.", error),
        };
    }

    private static string Say(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "it refuses connections on that port",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "there is no way to it from here",
        SocketError.TimedOut => "it does not answer",
        _ => error.Message,
    };

    private static IEnumerable<Exception> Inside(Exception? error)
    {
        for (; error is not null; error = error.InnerException) yield return error;
    }
}

using System.Net;

namespace QSplit.Qumulo.Calls;

/// <summary>Sends calls as one who has signed in; a call that is refused for its token is sent once more with a new one.</summary>
internal sealed class Caller(Transport transport, Session session, Problems problems)
{
    public long Calls => transport.Calls;

    public Problems Problems => problems;

    /// <exception cref="StorageException">The cluster does not let this client in.</exception>
    public async Task<Reply<T>> SendAsync<T>(ApiCall<T> call, CancellationToken cancellationToken) where T : class
    {
        var ticket = await session.TicketAsync(cancellationToken);
        var reply = await transport.SendAsync(call, ticket.Token, cancellationToken);
        if (!IsUnauthorized(reply)) return reply;
        ticket = await session.RenewAsync(ticket, cancellationToken);
        reply = await transport.SendAsync(call, ticket.Token, cancellationToken);
        return IsUnauthorized(reply) ? throw problems.RefusedTwice(call) : reply;
    }

    /// <summary>The value of a call for which every fault is fatal.</summary>
    /// <exception cref="StorageException">There is none.</exception>
    public async Task<T> AskAsync<T>(ApiCall<T> call, CancellationToken cancellationToken) where T : class =>
        (await SendAsync(call, cancellationToken)).Is(out var value, out var fault) ? value : throw problems.Of(call, fault);

    private static bool IsUnauthorized<T>(Reply<T> reply) where T : class => reply.Fault is Fault.Answered { Status: HttpStatusCode.Unauthorized };
}

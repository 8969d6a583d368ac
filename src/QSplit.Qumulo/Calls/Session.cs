using System.Net;
using System.Text.Json;
using QSplit.Manifests;
using QSplit.Qumulo.Wire;

namespace QSplit.Qumulo.Calls;

/// <summary>Who this client is to the cluster. With user and password it signs in again when a token has run out, once for all calls that find it so.</summary>
/// <param name="usualCredentials">The file for a cluster without a login in the manifest.</param>
internal sealed class Session(Cluster cluster, string? usualCredentials, Transport transport, CallProblems problems) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private Ticket? _ticket;

    /// <exception cref="StorageException">There is no login, or the cluster refuses it.</exception>
    public async Task<Ticket> TicketAsync(CancellationToken cancellationToken) => _ticket ?? await RenewAsync(null, cancellationToken);

    /// <summary>A ticket in place of one that was refused.</summary>
    /// <exception cref="StorageException">A token was refused, and there is no password to get another.</exception>
    public async Task<Ticket> RenewAsync(Ticket? refused, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_ticket != refused) return _ticket!;
            if (refused is not null && cluster.Password is null)
                throw refused.Token.StartsWith("access-", StringComparison.Ordinal) ? problems.AccessTokenRefused(WhereFrom) : problems.TokenRefused(WhereFrom);
            var token = Usable(await TokenAsync(cancellationToken));
            problems.Hide(token);
            return _ticket = new(token, (refused?.Number ?? 0) + 1);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private string WhereFrom => cluster.Token is not null ? "of the manifest" : $"in {cluster.Credentials ?? usualCredentials}";

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        if (cluster.Token is { } token) return token.Reveal().Trim();
        if (cluster is { User: { } user, Password: { } password }) return await SignInAsync(user, password, cancellationToken);
        var file = cluster.Credentials ?? (usualCredentials is { } usual && File.Exists(usual) ? usual : null) ?? throw problems.NoLogin(usualCredentials);
        return await CredentialsFile.ReadAsync(cluster.Name, file, cancellationToken);
    }

    private async Task<string> SignInAsync(string user, Secret password, CancellationToken cancellationToken)
    {
        var call = new ApiCall<LoginAnswer>("/v1/session/login", "signing in", WireJson.Default.LoginAnswer)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(new LoginRequest(user, password.Reveal()), WireJson.Default.LoginRequest),
        };
        var reply = await transport.SendAsync(call, token: null, cancellationToken);
        if (reply.Is(out var answer, out var fault)) return answer.BearerToken ?? "";
        throw fault is Fault.Answered { Status: HttpStatusCode.Unauthorized } ? problems.LoginRefused(user, fault) : problems.Of(call, fault);
    }

    // It goes into a header: what is not printable would end that header, or be refused with the token in the message.
    private string Usable(string token) => token.Length > 0 && token.All(letter => letter is > ' ' and <= '~') ? token : throw problems.NotAToken(cluster.Password is null ? WhereFrom : "that it gave for user and password");

    /// <param name="Number">Tells tickets apart when a cluster gives the same token twice.</param>
    internal sealed record Ticket(string Token, int Number)
    {
        public override string ToString() => $"Ticket {Number}";
    }
}

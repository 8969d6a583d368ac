using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace QSplit.Emulator.Http;

/// <summary>Who may call: tokens that are given for a user and password and expire, and access tokens, which can be disabled.</summary>
internal sealed class Sessions(string user, string password, TimeSpan life, Faults faults, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TokenUse> _tokens = new(StringComparer.Ordinal);

    /// <summary>A new token; null for a wrong user or password.</summary>
    public string? LogIn(string? givenUser, string? givenPassword)
    {
        if (givenUser is null || givenPassword is null) return null;
        if (!Equal(givenUser, user) | !Equal(givenPassword, password)) return null;
        var token = "session-v1:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
        _tokens[token] = new(time.GetUtcNow() + life);
        return token;
    }

    /// <summary>A new access token with its id. It does not expire.</summary>
    public (string Id, string Token) MakeAccessToken()
    {
        var (id, token) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), "access-v1:" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        _tokens[token] = new(DateTimeOffset.MaxValue) { Id = id };
        return (id, token);
    }

    /// <summary>Whether there is such an access token; calls with one that is not enabled are refused.</summary>
    public bool Enable(string id, bool enabled)
    {
        if (_tokens.Values.FirstOrDefault(use => use.Id == id) is not { } found) return false;
        found.IsEnabled = enabled;
        return true;
    }

    /// <summary>Whether a call with this header may pass.</summary>
    public bool Admit(string? authorization)
    {
        const string Scheme = "Bearer ";
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true) return false;
        var token = authorization[Scheme.Length..].Trim();
        if (!_tokens.TryGetValue(token, out var use) || !use.IsEnabled) return false;
        if (use.Expires > time.GetUtcNow() && use.Count() <= (faults.UnauthorizedAfter ?? long.MaxValue)) return true;
        _tokens.TryRemove(token, out _);
        return false;
    }

    private static bool Equal(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));

    private sealed class TokenUse(DateTimeOffset expires)
    {
        private long _calls;

        public DateTimeOffset Expires => expires;

        /// <summary>Of an access token; null of a session's.</summary>
        public string? Id { get; init; }

        public bool IsEnabled { get; set; } = true;

        public long Count() => Interlocked.Increment(ref _calls);
    }
}

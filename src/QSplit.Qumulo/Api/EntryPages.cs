using QSplit.Qumulo.Calls;
using QSplit.Qumulo.Wire;

namespace QSplit.Qumulo.Api;

/// <summary>All entries of a directory, page by page.</summary>
internal static class EntryPages
{
    /// <summary>Follows the pages as the server says them: a page that is short is not the last, one without a next is. None is kept.</summary>
    /// <returns>The fault that ended it; null at the end of the last page.</returns>
    /// <exception cref="StorageException">The server leads in a circle or elsewhere.</exception>
    public static async Task<Fault?> ReadAsync(
        Caller caller, ApiCall<ListingAnswer> first, IReadOnlyCollection<string> origins, Action<ListingAnswer> take, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string> { first.Target };
        for (var call = first; ;)
        {
            if (!(await caller.SendAsync(call, cancellationToken)).Is(out var page, out var fault)) return fault;
            take(page);
            if (page.Pages?.Next is not { Length: > 0 } next) return null;
            var target = TargetOf(next, origins)
                ?? throw caller.Problems.Odd(call, $"the next page is said to be at '{next.Split('?')[0]}', which is not of this API: nothing is sent there.");
            if (!seen.Add(target)) throw caller.Problems.Odd(call, "the next page is said to be one that was read already: the listing goes in a circle. Run the same command again.");
            call = first with { Target = target };
        }
    }

    /// <summary>What to ask for, byte for byte; null for what must not be followed.</summary>
    /// <param name="origins">Such as <c>https://music.example.com:8000</c>.</param>
    public static string? TargetOf(string next, IReadOnlyCollection<string> origins)
    {
        var origin = origins.FirstOrDefault(one => next.StartsWith(one + "/", StringComparison.OrdinalIgnoreCase));
        var target = origin is null ? next : next[origin.Length..];
        // Blanks and control characters would end the request line, and two slashes name another host.
        return target.StartsWith('/') && !target.StartsWith("//", StringComparison.Ordinal) && target.All(letter => letter is > ' ' and <= '~' and not '#') ? target : null;
    }
}

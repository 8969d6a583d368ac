using QSplit.Qumulo.Calls;
using QSplit.Qumulo.Wire;

namespace QSplit.Qumulo.Api;

/// <summary>All of a list that comes page by page: the entries of a directory, the difference of two snapshots.</summary>
internal static class EntryPages
{
    /// <summary>Follows the pages as the server says them: a page that is short is not the last, one without a next is. None is kept.</summary>
    /// <returns>The fault that ended it; null at the end of the last page.</returns>
    /// <exception cref="StorageException">The server leads in a circle or elsewhere.</exception>
    public static Task<Fault?> ReadAsync(
        Caller caller, ApiCall<ListingAnswer> first, IReadOnlyCollection<string> origins, Action<ListingAnswer> take, CancellationToken cancellationToken) =>
        ReadAsync(caller, first, origins, page => page.Pages, take, cancellationToken);

    /// <param name="pages">Where the next page is, as a page says it.</param>
    /// <inheritdoc cref="ReadAsync(Caller, ApiCall{ListingAnswer}, IReadOnlyCollection{string}, Action{ListingAnswer}, CancellationToken)"/>
    public static async Task<Fault?> ReadAsync<T>(
        Caller caller, ApiCall<T> first, IReadOnlyCollection<string> origins, Func<T, PagingAnswer?> pages, Action<T> take, CancellationToken cancellationToken) where T : class
    {
        var seen = new HashSet<string> { first.Target };
        for (var call = first; ;)
        {
            if (!(await caller.SendAsync(call, cancellationToken)).Is(out var page, out var fault)) return fault;
            take(page);
            if (pages(page)?.Next is not { Length: > 0 } next) return null;
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

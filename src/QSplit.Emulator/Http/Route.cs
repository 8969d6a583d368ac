using System.Collections.Immutable;

namespace QSplit.Emulator.Http;

/// <summary>One call of the API.</summary>
/// <param name="Pattern">The path; <c>{}</c> stands for any one segment.</param>
/// <param name="Open">Whether it is answered without a login.</param>
internal sealed record Route(string Method, string Pattern, Func<ApiCall, CancellationToken, Task<Reply>> Answer, bool Open = false)
{
    private readonly ImmutableArray<string> _segments = [.. Pattern.Split('/').Skip(1)];

    /// <summary>What an account must have for it; null for nothing.</summary>
    public string? Privilege { get; } =
        Pattern.Contains("/changes-since/", StringComparison.Ordinal) ? "PRIVILEGE_SNAPSHOT_DIFFERENCE_READ"
        : Pattern.Contains("/snapshots/", StringComparison.Ordinal) ? Method == "GET" ? "PRIVILEGE_SNAPSHOT_READ" : "PRIVILEGE_SNAPSHOT_WRITE"
        : Pattern.StartsWith("/v1/file", StringComparison.Ordinal) ? "PRIVILEGE_FS_ATTRIBUTES_READ"
        : null;

    /// <summary>A call whose answer takes no waiting.</summary>
    public static Route Get(string pattern, Func<ApiCall, Reply> answer, bool open = false) => new("GET", pattern, (call, _) => Task.FromResult(answer(call)), open);

    /// <summary>What stands in place of each <c>{}</c>; null when the path is not this route's.</summary>
    public ImmutableArray<string>? Match(ImmutableArray<string> segments)
    {
        if (segments.Length != _segments.Length) return null;
        var captured = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < segments.Length; i++)
        {
            if (_segments[i] == "{}" && segments[i].Length > 0) captured.Add(segments[i]);
            else if (_segments[i] != segments[i]) return null;
        }
        return captured.ToImmutable();
    }
}

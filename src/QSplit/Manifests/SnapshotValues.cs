using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace QSplit.Manifests;

/// <summary>The kinds of values that say which snapshot and for how long.</summary>
internal static partial class SnapshotValues
{
    /// <summary>How long a snapshot that was taken for a plan stays, unless the manifest says otherwise: migrations take weeks.</summary>
    public static readonly TimeSpan UsualExpiry = TimeSpan.FromDays(30);

    /// <summary><c>none</c>, <c>new</c> or a number. How long a new one stays is another key's business.</summary>
    public static ValueReader<SnapshotChoice> Choice { get; } = Scalars.Text.Then(
        (place, text) => text switch
        {
            "none" => new SnapshotChoice.Live(),
            "new" => new SnapshotChoice.New(UsualExpiry),
            _ when Number().IsMatch(text) => new SnapshotChoice.Existing(text),
            _ => (Parsed<SnapshotChoice>)place.But("must be none, new or the number of a snapshot"),
        },
        () => new() { ["type"] = new JsonArray("string", "integer"), ["pattern"] = @"^(none|new|[0-9]+|\$\{.*)$" });

    /// <summary>A span as Qumulo writes it: <c>30days</c>, <c>2weeks</c>; a month is 30 days.</summary>
    public static ValueReader<TimeSpan> Expiry { get; } = Spans.Of(
        1, 3, ["minutes", "hours", "days", "weeks", "months"], "must be 1 to 999 and one of minutes, hours, days, weeks, months, such as 30days");

    [GeneratedRegex(@"^[0-9]{1,20}\z", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Number();
}

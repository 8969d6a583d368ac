using System.Globalization;
using QSplit.Manifests;

namespace QSplit.Stages;

/// <summary>Since when a sync is to look for changes, as <c>--since</c> says it.</summary>
internal abstract record SyncSince
{
    private const string Example = "2026-11-22T17:30Z";

    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private SyncSince()
    {
    }

    /// <param name="text">Null is <c>last</c>.</param>
    /// <exception cref="ManifestException">It is neither <c>last</c>, nor a number, nor a moment.</exception>
    public static SyncSince Parse(string? text)
    {
        if (text is null or "last") return new LastPass();
        if (text.All(char.IsAsciiDigit)) return new OfSnapshot(text);
        if (DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var local))
            return new OfMoment(time, local.Kind == DateTimeKind.Unspecified);
        throw new ManifestException($"--since must be last, the id of a snapshot (a whole number), or a time such as {Example}; is '{text}'.");
    }

    /// <summary>The last pass.</summary>
    public sealed record LastPass : SyncSince
    {
        public override string ToString() => "last";
    }

    /// <summary>A snapshot of the cluster.</summary>
    public sealed record OfSnapshot(string Id) : SyncSince
    {
        public override string ToString() => Id;
    }

    /// <summary>A moment.</summary>
    /// <param name="Assumed">Whether it was given without an offset.</param>
    public sealed record OfMoment(DateTimeOffset At, bool Assumed) : SyncSince
    {
        public override string ToString() => At.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
    }
}

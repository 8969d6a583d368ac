using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace QSplit.Manifests;

/// <summary>The kinds of values that only a migration has.</summary>
internal static partial class MigrationValues
{
    public static ValueReader<int> Version { get; } = Scalars.Text.Then(
        (place, text) => text == "1" ? 1 : (Parsed<int>)place.But("must be 1"),
        () => new() { ["const"] = 1 });

    public static ValueReader<Buckets> Buckets { get; } = new(
        place => Scalars.Text.Read(place).Then(text => text == "auto" ? new Buckets.Auto() : Number(place)),
        () => new() { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = "auto" }, Scalars.Number(1, MaxBuckets).Schema()) });

    /// <summary>One argument for the mover that <see cref="OptionClasses"/>, or <see cref="RefusedRobocopyOptions"/>, lets pass.</summary>
    public static ValueReader<string> Option { get; } = Scalars.Text.Then((place, text) =>
        (MoverKeys.Of(place) == MoverKind.Robocopy ? RefusedRobocopyOptions.WhyNot(text) : OptionClasses.WhyNot(text)) is { } why ? new Wrong($"cannot be {place.Node.Kind}: {why}") : (Parsed<string>)text);

    /// <summary>Where hosts see a tree: a path as this machine knows them, made full; for robocopy one of Windows.</summary>
    public static ValueReader<string> Mount { get; } = Scalars.Text.Then(
        (place, text) => MoverKeys.Of(place) == MoverKind.Robocopy ? WindowsPath.Read(text) : Paths.Full(text, place.Reading.Directory, place.Reading.Environment),
        Scalars.Path.Schema);

    /// <summary>The name of a directory, in which <c>*</c> stands for any characters.</summary>
    public static ValueReader<string> DirectoryPattern { get; } = Scalars.Text.Then((place, text) =>
        text is "." or ".." || text.AsSpan().IndexOfAny("/?[]\\") >= 0 ? place.But("must be the name of a directory, without / ? [ ] \\; only * is a wildcard")
        : text.AsSpan().Trim('*').IsEmpty ? place.But("must not match every directory")
        : (Parsed<string>)text);

    /// <summary>An absolute path on a cluster, without a trailing slash unless it is the root.</summary>
    public static ValueReader<string> ClusterPath { get; } = Scalars.Text.Then(
        (place, text) => Manifests.ClusterPath.Read(text) is { Why: { } why } ? place.But(why) : Manifests.ClusterPath.Read(text),
        () => new() { ["type"] = "string", ["pattern"] = "^(/|\\$\\{)" });

    public static ValueReader<DailyWindow> Window { get; } = Scalars.Text.Then(
        (place, text) => DailyWindow.Read(text) is { Why: { } why } ? place.But(why) : DailyWindow.Read(text),
        () => new() { ["type"] = "string", ["pattern"] = @"^([0-9]{2}:[0-9]{2} ?- ?[0-9]{2}:[0-9]{2} \S+|\$\{.*)$" });

    /// <summary>How long something is waited for: at most 30 days, as a timer's reach ends at 49.</summary>
    public static ValueReader<TimeSpan> Span(TimeSpan least) =>
        Spans.Of(0, 6, ["s", "seconds", "min", "minutes", "h", "hours", "days"], "must be a number and one of s, min, h, days, such as 10min").Then((place, span) =>
            span < least ? place.But($"must be {least.TotalSeconds:0}s or more")
            : span > TimeSpan.FromDays(30) ? place.But("must be 30days or less")
            : (Parsed<TimeSpan>)span);

    /// <summary>A part of a whole, up to all of it.</summary>
    public static ValueReader<double> Percent { get; } = Scalars.Text.Then(
        (place, text) => PartOf(text) is { } part ? part : (Parsed<double>)place.But("must be 0% to 100%, such as 5% or 0.5%"),
        () => new() { ["type"] = "string", ["pattern"] = @"^([0-9]{1,3}(\.[0-9]+)? ?%|\$\{.*)$" });

    /// <summary>A number of entries, or a part of all.</summary>
    public static ValueReader<DeletionLimit> DeletionsAtMost { get; } = Scalars.Text.Then(
        (place, text) => PartOf(text) is { } part ? new DeletionLimit(null, part)
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? new DeletionLimit(count, null)
            : (Parsed<DeletionLimit>)place.But("must be a number of entries, or 0% to 100%, such as 1000 or 5%"),
        () => new() { ["type"] = new JsonArray("string", "integer"), ["pattern"] = @"^([0-9]+|[0-9]{1,3}(\.[0-9]+)? ?%|\$\{.*)$" });

    /// <summary>What <c>5%</c> or <c>0.5 %</c> is of 1; null for what is no such text, or is more than all.</summary>
    public static double? PartOf(string text) =>
        PercentShape().Match(text) is { Success: true } match && double.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture) is var number and <= 100 ? number / 100 : null;

    private const int MaxBuckets = 100_000;

    private static Parsed<Buckets> Number(Place place) => Scalars.Number(1, MaxBuckets).Read(place) switch
    {
        { Ok: true, Value: var number } => new Buckets.Fixed(number),
        { Why: { } why } => new Wrong(why.Replace("must be", "must be auto, or", StringComparison.Ordinal)),
        _ => throw new InvalidOperationException(),
    };

    [GeneratedRegex(@"^(?<n>[0-9]{1,3}(\.[0-9]{1,9})?) ?%\z", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex PercentShape();
}

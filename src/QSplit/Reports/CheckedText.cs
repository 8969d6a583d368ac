using System.Collections.Immutable;
using QSplit.Manifests;
using QSplit.Verifications;

namespace QSplit.Reports;

/// <summary>What a verification found, in words and figures: pure.</summary>
public static class CheckedText
{
    private const int MostNames = 5;

    /// <summary>A table of the kinds of differences with the first names of each; nothing without differences.</summary>
    public static ImmutableArray<string> Lines(Checked found) => found.IsClean ? [] : ["", .. Table(found).Lines()];

    /// <summary>That a target is not as its source, where all of that is written down, and what to do.</summary>
    public static string WhatDiffers(RunSummary summary) =>
        $"Migration {summary.Plan.Migration}: {Verdict(summary.Run.Checked)} All names: {Path.Combine(summary.Folder, "differences")}. {(summary.CutOver is { } end ? $"The migration was {end}: its target is in use, and people may have changed it. " : "")}To copy what differs and delete what is only on the target: {summary.RepairCommand}";

    /// <summary>A row for each kind of difference.</summary>
    internal static TextTable Table(Checked found) => new(
        ["difference", "entries ", "first"],
        [.. found.Found.Select(kind => ImmutableArray.Create(Word(kind.Kind), Humane.Count(kind.Entries), First(kind)))]);

    /// <summary>What was compared, and how many differences there are.</summary>
    internal static ImmutableArray<(string Name, string Value)> Rows(Checked found) =>
    [
        ("Compared", Humane.Count(found.Entries, "entry", "entries")),
        .. found.Planned > 0 ? [("Entries", Sum(found.Balance))] : ImmutableArray<(string, string)>.Empty,
        .. found.Summed > 0 ? [("Read on both sides", $"{Humane.Bytes(found.SummedBytes)} in {Humane.Count(found.Summed, "file", "files")}")] : ImmutableArray<(string, string)>.Empty,
        ("Differences", found.IsClean ? "none" : string.Join(", ", found.Found.Select(kind => $"{Humane.Count(kind.Entries)} {Word(kind.Kind)}"))),
    ];

    /// <summary>How planned and compared entries add up: <c>1,000 planned = 990 compared + 4 not compared + 6 gone since the plan</c>.</summary>
    internal static string Sum(EntryBalance balance) => string.Concat(
        $"{Humane.Count(balance.Planned)} planned",
        balance.Since > 0 ? $" + {Humane.Count(balance.Since)} new since the plan" : "",
        $" = {Humane.Count(balance.Compared)} compared",
        balance.NotCompared > 0 ? $" + {Humane.Count(balance.NotCompared)} not compared" : "",
        balance.LeftOut > 0 ? $" + {Humane.Count(balance.LeftOut)} left out by options" : "",
        balance.Since < 0 ? $" + {Humane.Count(-balance.Since)} {(balance.NotCompared > 0 ? "below those, or " : "")}gone since the plan" : "");

    /// <summary>How it compares: <c>checksums of 2 % of the files (seed 7), metadata of all; equal as defined by --no-times</c>.</summary>
    internal static string Terms(CheckTerms terms) => terms.By switch
    {
        VerifyBy.Checksum when terms.Sample < 1 => $"checksums of {Humane.Part(terms.Sample)} of the files (seed {terms.Seed}), metadata of all",
        VerifyBy.Checksum => "checksums of all files, metadata of all",
        _ => "sizes and metadata of all",
    } + (terms.Options.Length > 0 ? $"; equal as defined by {terms.Options}" : "");

    /// <summary>In a sentence.</summary>
    internal static string Verdict(Checked found) => found.IsClean
        ? "Source and target are alike."
        : $"Source and target differ: {string.Join(", ", found.Found.Select(kind => $"{Humane.Count(kind.Entries)} {Word(kind.Kind)}"))}.";

    /// <summary>The kind as people call it.</summary>
    internal static string Word(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Missing => "missing on the target",
        DifferenceKind.Extra => "only on the target",
        DifferenceKind.Leftover => "left over by an rsync",
        DifferenceKind.Content => "other content",
        DifferenceKind.Link => "other link",
        DifferenceKind.Device => "other device",
        DifferenceKind.HardLink => "not linked",
        DifferenceKind.Mode => "other mode",
        DifferenceKind.Owner => "other owner",
        DifferenceKind.Time => "other time",
        DifferenceKind.Acl => "other ACL",
        DifferenceKind.Unread => "not compared",
        _ => "other extended attributes",
    };

    private static string First(Found kind) =>
        string.Join(", ", kind.First.Take(MostNames)) + (kind.Entries > Math.Min(kind.First.Length, MostNames) ? ", ..." : "");
}

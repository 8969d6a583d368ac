using System.Collections.Immutable;
using System.Globalization;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>A probe that one host wrote.</summary>
/// <param name="Host">Who.</param>
/// <param name="InTarget">Whether in the target, not in what it lies in.</param>
/// <param name="Done">What could be done: <c>mode</c>, <c>owner</c>, <c>link</c>, <c>fine</c> (a time to the nanosecond), <c>coarse</c>,
/// <c>xattr</c>, <c>acl</c>, <c>hard</c> (a hard link), <c>epoch</c> (a time by its number); <c>no-attr</c> and <c>no-acl</c> where the
/// tools are missing.</param>
internal sealed record WrittenProbe(string Host, bool InTarget, string Name, string Token, ImmutableHashSet<string> Done);

/// <summary>What a host saw of it, by what was looked at; empty when it saw nothing.</summary>
internal sealed record SeenProbe(string Host, string Place, ImmutableDictionary<string, string> Seen)
{
    public bool IsSeen => Seen.ContainsKey("file");

    public string this[string what] => Seen.GetValueOrDefault(what, "");
}

/// <summary>What a target does to what is written there: pure.</summary>
internal static class ProbeRules
{
    private const string Second = "2001-02-03 04:05:07", EvenSecond = "2001-02-03 04:05:06", Nanosecond = Second + ".123456789";

    public static bool KeepsNanoseconds(WrittenProbe written, SeenProbe seen) => written.Done.Contains("fine") && seen["time"].StartsWith(Nanosecond + " ", StringComparison.Ordinal);

    /// <param name="options">The manifest's options for rsync.</param>
    public static IEnumerable<Finding> Of(WrittenProbe written, SeenProbe seen, ImmutableArray<string> options)
    {
        if (!seen.IsSeen)
        {
            yield return Finding.Problem(
                $"It does not see what {written.Host} wrote in {(written.InTarget ? "the target" : "what the target is to lie in")}, here {seen.Place}: are both the same file system? Mount the same one on both, or name where this host has it (mounts).");
            yield break;
        }
        Finding?[] all =
        [
            Mode(seen, options), Link(written, seen, options), Owner(written, seen, options), Time(written, seen, options), Names(seen),
            HardLinks(written, seen, options), Xattrs(written, seen, options), Acls(written, seen, options),
        ];
        foreach (var finding in all)
            if (finding is not null) yield return finding;
    }

    private static Finding? Mode(SeenProbe seen, ImmutableArray<string> options) =>
        seen["mode"] is "" or "640" || options.Forgo('p', "perms")
            ? null
            : Finding.Problem($"Modes are not kept in {seen.Place}: 0640 came back as 0{seen["mode"]}. Mount it in a way that keeps them, or put --no-perms into the options.");

    private static Finding? Link(WrittenProbe written, SeenProbe seen, ImmutableArray<string> options) =>
        (written.Done.Contains("link") && seen["link"] == "yes") || options.Forgo('l', "links")
            ? null
            : Finding.Problem($"Symbolic links cannot be made in {seen.Place}. Mount it in a way that has them, or put --no-links into the options.");

    private static Finding? Owner(WrittenProbe written, SeenProbe seen, ImmutableArray<string> options) =>
        !written.Done.Contains("owner") || seen["owner"] is "" or HostQuestion.StrangeOwner || options.Forgo('o', "owner") || options.Asking(null, "--fake-super") is not null
            ? null
            : Finding.Warning($"Owners are not kept in {seen.Place}: {HostQuestion.StrangeOwner}, which {written.Host} set, came back as {seen["owner"]}. Is root squashed there, or are ids mapped (idmapd)?");

    private static Finding? Time(WrittenProbe written, SeenProbe seen, ImmutableArray<string> options)
    {
        var time = seen["time"];
        if (time.Length == 0 || options.Forgo('t', "times") || KeepsNanoseconds(written, seen)) return null;
        if (HasTwoSeconds(seen)) return Finding.Note($"Times are kept to two seconds in {seen.Place}: they are compared with a " +
            $"tolerance of one second.");
        if (!time.StartsWith(Second, StringComparison.Ordinal))
            return Finding.Warning($"Times are not kept in {seen.Place}: {Second} came back as {time}. All that was copied may be copied again by the next pass.");
        return Finding.Note(written.Done.Contains("fine")
            ? $"Times are not kept to the nanosecond in {seen.Place}: a change within the same second, at the same size, is missed."
            : $"Whether times are kept to the nanosecond in {seen.Place} is not known, for touch on {written.Host} cannot set them: a change within the same second, at the same size, is missed.");
    }

    /// <summary>Whether a time comes back as the even second before it, as on FAT.</summary>
    public static bool HasTwoSeconds(SeenProbe seen) => seen["time"].StartsWith(EvenSecond, StringComparison.Ordinal);

    /// <summary>The numbers of the <see cref="TimeRanges"/> that are not stored; null where that was not tried.</summary>
    public static ImmutableArray<int>? UnkeptTimes(WrittenProbe written, SeenProbe seen)
    {
        if (!written.Done.Contains("epoch") || !seen.Seen.ContainsKey("times")) return null;
        var kept = seen["times"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var all = TimeRanges.All.Select(range => range.Tried).Index();
        return [.. all.Where(one => !IsKept(kept.GetValueOrDefault(one.Item.ToString(CultureInfo.InvariantCulture), ""), one.Item)).Select(one => one.Index)];
    }

    /// <summary>How many names a file may have there; null where that is not known.</summary>
    public static long? MostNames(SeenProbe seen)
    {
        // What is in limits.h for all file systems that the C library does not know says nothing.
        const int OfAll = 127;
        if (long.TryParse(seen["names"], CultureInfo.InvariantCulture, out var most) && most > OfAll) return most;
        return seen["type"] switch { "ext2/ext3" => 65_000, "btrfs" or "jfs" => 65_535, _ => null };
    }

    /// <summary>What is ignored there when names are compared.</summary>
    public static NameFolding Folds(SeenProbe seen) =>
        (seen["case"] is not "lowerupper" ? NameFolding.Case : NameFolding.None) | (seen["form"] is "oneone" or "twotwo"
            ? NameFolding.Normalization : NameFolding.None);

    // FAT keeps every other second.
    private static bool IsKept(string read, long tried) => long.TryParse(read, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs((decimal)seconds - tried) <= 1;

    private static Finding? Names(SeenProbe seen) => Folds(seen) is var folds and not NameFolding.None
        ? Finding.Warning($"{seen.Place} folds {Words(folds)}: of names that differ only in that the first is copied, and the others " +
            $"are named. Use a file system that tells them apart, or rename them first.")
        : null;

    /// <summary>What a file system ignores, in words.</summary>
    public static string Words(NameFolding folds) => folds switch
    {
        NameFolding.Case => "case",
        NameFolding.Normalization => "Unicode normalization",
        _ => "case and Unicode normalization",
    };

    private static Finding? HardLinks(WrittenProbe written, SeenProbe seen, ImmutableArray<string> options) =>
        options.Asking('H', "--hard-links") is not { } asking || written.Done.Contains("hard")
            ? null
            : Finding.Problem($"Hard links cannot be made in {seen.Place}, which {asking} needs. Use a file system that has them, or " +
                $"take that out of the options.");

    private static Finding? Xattrs(WrittenProbe written, SeenProbe seen, ImmutableArray<string> options) => !options.AskForXattrs() ? null
        : written.Done.Contains("no-attr") ? NotKnown("Extended attributes", "attr", written.Host)
        : seen["no-attr"].Length > 0 ? NotKnown("Extended attributes", "attr", seen.Host)
        : written.Done.Contains("xattr") && seen["xattr"] == written.Token ? null
        : Finding.Problem($"Extended attributes are not kept in {seen.Place}, which {options.Asking('X', "--xattrs")} needs. Mount it with user_xattr (NFS: version 4.2), or take that out of the options.");

    private static Finding? Acls(WrittenProbe written, SeenProbe seen, ImmutableArray<string> options) => !options.AskForAcls() ? null
        : written.Done.Contains("no-acl") ? NotKnown("ACLs", "acl", written.Host)
        : seen["no-acl"].Length > 0 ? NotKnown("ACLs", "acl", seen.Host)
        : written.Done.Contains("acl") && seen["acl"].StartsWith("user:12345:r", StringComparison.Ordinal) ? null
        : Finding.Problem($"ACLs are not kept in {seen.Place}, which {options.Asking('A', "--acls")} needs. Mount it with acl (NFS: version 3), or take that out of the options.");

    private static Finding NotKnown(string what, string package, string host) =>
        Finding.Note($"{what} were not tried: {host} has no tools for them. Install them: apt-get install {package}");
}

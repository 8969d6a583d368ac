using System.Globalization;
using System.Text;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>Reads what a host said to <see cref="HostQuestion"/>: pure.</summary>
internal static class HostAnswer
{
    private const int KindBits = 0xF000, Regular = 0x8000;

    /// <param name="facts">What is known without it.</param>
    /// <param name="lines">In the order in which they came: what the script said, and what the programs in it printed.</param>
    public static HostFacts Read(HostFacts facts, IEnumerable<HeardLine> lines)
    {
        StringBuilder? rsync = null;
        foreach (var (isSaid, line, sent, heard) in lines)
        {
            if (!isSaid)
            {
                rsync?.Append(line).Append('\n');
                continue;
            }
            var (word, rest) = Cut(line);
            if (word == "rsync") (facts, rsync) = (facts with { Rsync = new RsyncAnswer((int?)Number(rest) ?? -1, "") }, new StringBuilder());
            else if (word == "answered") (facts, rsync) = (facts with { Rsync = facts.Rsync! with { Text = rsync?.ToString() ?? "" } }, null);
            else if (word == "clock" && Number(rest) is { } seconds) facts = facts with { Clock = seconds, ClockDifference = Difference(seconds, sent, heard) };
            else facts = After(facts, word, rest);
        }
        return facts;
    }

    /// <summary>How much a clock that showed these whole seconds at some time between the two is ahead, at the least.</summary>
    public static TimeSpan Difference(long seconds, DateTimeOffset sent, DateTimeOffset heard)
    {
        var (earliest, latest) = (DateTimeOffset.FromUnixTimeSeconds(seconds), DateTimeOffset.FromUnixTimeSeconds(seconds + 1));
        return earliest > heard ? earliest - heard : latest < sent ? latest - sent : TimeSpan.Zero;
    }

    private static HostFacts After(HostFacts facts, string word, string rest) => word switch
    {
        "user" => facts with { User = (int?)Number(rest) },
        "lacks" => facts with { Lacks = facts.Lacks.Add(rest) },
        "source" => facts with { SourceState = rest switch { "there" => SourceState.There, "shut" => SourceState.Shut, _ => SourceState.Missing } },
        "empty" => facts with { IsSourceEmpty = true },
        "nfs4acl" => facts with { HasNfs4Acls = true },
        "tree" => facts with { Counted = rest },
        "sample" when rest.Split(' ').Select(Number).ToArray() is [{ } entries, { } attributes, { } acls] =>
            facts with { Sample = (entries, attributes, acls) },
        "look" => Looked(facts, rest),
        "target" => facts with
        {
            TargetState = rest switch { "there" => TargetState.There, "parent" => TargetState.ParentThere, "other" => TargetState.Other, _ => TargetState.Nowhere },
        },
        "holds" => facts with { HoldsSomething = true },
        "writes" => facts with { CanWrite = true },
        "shut" => facts with { WriteError = rest },
        "fine" => facts with { HasFineTimes = true },
        "owner" => facts with { Owner = rest },
        "chown" => facts with { OwnerExit = (int?)Number(rest) },
        "groups" => facts with { Groups = [.. rest.Split(' ').Select(Number).OfType<long>().Select(number => (uint)number)] },
        "belongs" when rest.Split(' ').Select(Number).ToArray() is [{ } count, { } user, { } group] =>
            facts with { Owners = facts.Owners.Add(new((uint)user, (uint)group, count)) },
        "inherits" when !facts.DefaultAcls.Contains(rest) => facts with { DefaultAcls = facts.DefaultAcls.Add(rest) },
        "room" => facts with { FreeBytes = Number(rest) * 1024 },
        "inodes" => facts with { FreeInodes = Number(rest) },
        "tried" when facts.Trial is null => facts with { Trial = new((int?)Number(rest) ?? -1, "") },
        "trial" when facts.Trial is { } trial => facts with { Trial = trial with { Text = $"{trial.Text} {rest}".Trim() } },
        "lies" when rest.StartsWith("s ", StringComparison.Ordinal) => facts with { SourcePlace = TreePlace.Of(rest[2..]) },
        "lies" when rest.StartsWith("t ", StringComparison.Ordinal) => facts with { TargetPlace = TreePlace.Of(rest[2..]) },
        "mount" or "within" or "place" or "planned" => facts with { Mounts = NestedMount.After(facts.Mounts, word, rest) },
        _ => facts,
    };

    // Names come from outside, and go into messages: without what a terminal would obey.
    private static HostFacts Looked(HostFacts facts, string rest)
    {
        if (rest.Split(' ', 4) is not [var mode, var size, var changed, var key]) return facts;
        if (!int.TryParse(mode, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits) || Number(size) is not { } bytes || Number(changed) is not { } seconds) return facts;
        var kind = bits & KindBits;
        return facts with { Seen = facts.Seen.SetItem(ByteText.Write(Encoding.UTF8.GetBytes(key)), new SeenEntry(kind, kind == Regular ? bytes : 0, seconds)) };
    }

    private static (string Word, string Behind) Cut(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is var blank and > 0 ? (line[..blank], line[(blank + 1)..]) : (line, "");

    private static long? Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A line from a host.</summary>
/// <param name="IsSaid">Whether the script itself said it.</param>
/// <param name="Sent">When the script was sent, by this machine's clock.</param>
/// <param name="Heard">When the line came.</param>
internal readonly record struct HeardLine(bool IsSaid, string Line, DateTimeOffset Sent, DateTimeOffset Heard);

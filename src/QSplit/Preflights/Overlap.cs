using System.Text;
using QSplit.Scripts;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>Where a directory is, whatever it is mounted as.</summary>
/// <param name="FileSystem">The device number, or the server of a network file system.</param>
/// <param name="Path">Below the root of that file system, or as the server calls it.</param>
internal sealed record TreePlace(string FileSystem, string Path)
{
    /// <summary>Reads the two with a blank between them; null where it cannot be read.</summary>
    public static TreePlace? Of(string text) => text.Split(' ', 2) is [var fileSystem, var path] ? new(fileSystem, path) : null;

    /// <summary>The path of another place below this one, empty for the same; null when it is elsewhere.</summary>
    public string? Below(TreePlace other)
    {
        if (FileSystem != other.FileSystem) return null;
        if (Path == other.Path) return "";
        var prefix = Path.TrimEnd('/') + "/";
        return other.Path.StartsWith(prefix, StringComparison.Ordinal) ? other.Path[prefix.Length..] : null;
    }
}

/// <summary>
/// Tells when a source lies in its target or the other way round although their paths do not say so, or when two directories of a target are
/// one: by a bind mount, or by two mounts of one server. What lies in the target would be deleted as an extra, and a target in its source
/// would be copied into itself.
/// </summary>
internal static class Overlap
{
    // Of many that are alike the first tell enough.
    private const int Most = 3;

    // proc_pid_mountinfo(5): id, parent, device, root in the file system, mount point, options, optional fields, "-", type, source.
    private const string Text = """
        lies() {
          where=$(cd -P -- "$2" 2>/dev/null && pwd -P) || return 0
          where=${where%/}$3 longest=0 found=
          while read -r _ _ device in at rest; do
            plain "$at"; at=$plain
            at=${at%/}
            case $where/ in "$at"/*) ;; *) continue;; esac
            [ "${#at}" -ge "$longest" ] || continue
            origin "$device" "$in" "$rest"
            longest=${#at} found="$system $path${where#"$at"}"
          done </proc/self/mountinfo
          case $found in "") ;; *" ") say lies "$1" "$found/";; *) say lies "$1" "$found";; esac
        }
        """;

    /// <summary>
    /// Says <c>lies s|t FILE-SYSTEM PATH</c> of the source and the target, which may still have to be made. Behind <see cref="NestedMount.Ask"/>,
    /// whose <c>plain</c> it calls.
    /// </summary>
    public static ScriptText Ask(ScriptText text) => text
        .Line(Text)
        .Line("""
            lies s "$source" ''
            if [ -d "$target" ]; then lies t "$target" ''; else lies t "$parent" "/${target##*/}"; fi
            """);

    /// <summary>What is wrong with where they are.</summary>
    public static IEnumerable<Finding> Find(HostFacts facts, NamePatterns leaveOut)
    {
        var sources = Trees(facts, false, facts.Source, facts.SourcePlace, leaveOut);
        var targets = Trees(facts, true, facts.Target, facts.TargetPlace, leaveOut);
        var both = sources.SelectMany(source => targets.Select(target => OfBoth(source, target, leaveOut)));
        var twice = targets.Index().SelectMany(one => targets.Skip(one.Index + 1).Select(other => OfTarget(one.Item, other, leaveOut)));
        return both.Concat(twice).OfType<Finding>().Take(Most);
    }

    private static List<Tree> Trees(HostFacts facts, bool inTarget, string root, TreePlace? place, NamePatterns leaveOut) =>
    [
        .. place is null ? [] : new[] { new Tree("", root, place, true) },
        .. facts.Mounts.Where(mount => mount.InTarget == inTarget && mount.Place is not null && !IsLeftOut(mount.Path, leaveOut))
            .Select(mount => new Tree(mount.Path, $"{root}/{mount.Path}", mount.Place!, !inTarget || mount.IsPlanned)),
    ];

    private static Finding? OfBoth(Tree source, Tree target, NamePatterns leaveOut)
    {
        if (target.Place.Below(source.Place) is { } deeper)
        {
            if (IsLeftOut(deeper, leaveOut)) return null;
            var same = target.At(deeper);
            // Somebody has put the new place of a directory in the place of its old one.
            if (source.Name.Length > 0 && same.Name == source.Name)
                return Finding.Warning($"{source.Path} is {same.Path} itself, by a mount: nothing of it is copied, and a comparison compares it with itself.");
            return Finding.Problem(deeper.Length == 0 ? $"{source.Path} and {target.Path} are the same directory. Is the right file system mounted on each?"
                : $"The source {source.Path} lies in the target {target.Path}, as {same.Path}: " +
                    "it would be deleted as something that is only on the target. Use a target that does not hold the source.");
        }
        return source.Place.Below(target.Place) is not { } below || IsLeftOut(below, leaveOut) ? null : Finding.Problem(
            $"The target {target.Path} lies in the source {source.Path}, as {source.At(below).Path}: it would be copied into itself. " +
            "Use a target outside the source.");
    }

    // What the source has by both names is copied to one place, and what it has by one of them only is an extra of the other.
    private static Finding? OfTarget(Tree one, Tree other, NamePatterns leaveOut)
    {
        var (outer, inner) = one.Place.Below(other.Place) is null ? (other, one) : (one, other);
        if (outer.Place.Below(inner.Place) is not { } below || IsLeftOut(below, leaveOut) || !one.IsPlanned || !other.IsPlanned) return null;
        return Finding.Problem($"{inner.Path} and {outer.At(below).Path} are one directory of the target, by a mount, and the source has " +
            $"{(inner.Name.Length > 0 ? inner.Name : outer.Name)}: what is copied to one of them would be deleted as an extra of the other. " +
            "Unmount one of them.");
    }

    // A frozen view of the target's own tree, say.
    private static bool IsLeftOut(string below, NamePatterns leaveOut) => below.Split('/').Any(name => leaveOut.Match(Encoding.UTF8.GetBytes(name)));

    /// <param name="Name">Its path below the source or the target; empty of that itself.</param>
    /// <param name="Path">Its path on the host.</param>
    /// <param name="IsPlanned">Whether the source has it.</param>
    private sealed record Tree(string Name, string Path, TreePlace Place, bool IsPlanned)
    {
        public Tree At(string below) => below.Length == 0 ? this
            : this with { Name = Name.Length == 0 ? below : $"{Name}/{below}", Path = $"{Path.TrimEnd('/')}/{below}" };
    }
}

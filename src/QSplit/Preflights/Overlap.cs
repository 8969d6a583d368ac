using System.Text;
using QSplit.Scripts;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>Where a directory is, whatever it is mounted as.</summary>
/// <param name="FileSystem">The device number, or the server of a network file system.</param>
/// <param name="Path">Below the root of that file system, or as the server calls it.</param>
internal sealed record TreePlace(string FileSystem, string Path);

/// <summary>
/// Tells when a source lies in its target or the other way round although their paths do not say so: by a bind mount, or by two mounts of
/// one server. What lies in the target would be deleted as an extra, and a target in its source would be copied into itself.
/// </summary>
internal static class Overlap
{
    // proc_pid_mountinfo(5): id, parent, device, root in the file system, mount point, options, optional fields, "-", type, source.
    private const string Text = """
        lies() {
          where=$(cd -P -- "$2" 2>/dev/null && pwd -P) || return 0
          where=${where%/}$3 longest=0 path= system=
          while read -r _ _ device in at rest; do
            plain "$at"; at=$plain
            at=${at%/}
            case $where/ in "$at"/*) ;; *) continue;; esac
            [ "${#at}" -ge "$longest" ] || continue
            longest=${#at} type=${rest#* - }; origin=${type#* }; type=${type%% *} origin=${origin%% *}
            case $type,$origin in nfs*:/*) device=${origin%%:/*} in=/${origin#*:/};; esac
            plain "$in"; in=$plain
            path=${in%/}${where#"$at"} system=$device
          done </proc/self/mountinfo
          [ -z "$system" ] || say lies "$1" "$system" "${path:-/}"
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

    /// <summary>Reads what <see cref="Ask"/> says; null where it cannot be read.</summary>
    public static TreePlace? Of(string rest) => rest.Split(' ', 3) is [_, var fileSystem, var path] ? new(fileSystem, path) : null;

    /// <summary>What is wrong with where they are; null for nothing.</summary>
    public static Finding? Find(HostFacts facts, NamePatterns leaveOut)
    {
        if (facts is not { SourcePlace: { } source, TargetPlace: { } target } || source.FileSystem != target.FileSystem) return null;
        if (source.Path == target.Path)
            return Finding.Problem($"{facts.Source} and {facts.Target} are the same directory. Is the right file system mounted on each?");
        if (Below(target.Path, source.Path) is { } deeper)
            return IsLeftOut(deeper, leaveOut) ? null : Finding.Problem(
                $"The source {facts.Source} lies in the target {facts.Target}, as {facts.Target}/{deeper}: " +
                "it would be deleted as something that is only on the target. Use a target that does not hold the source.");
        return Below(source.Path, target.Path) is not { } below || IsLeftOut(below, leaveOut) ? null : Finding.Problem(
            $"The target {facts.Target} lies in the source {facts.Source}, as {facts.Source}/{below}: it would be copied into itself. " +
            "Use a target outside the source.");
    }

    private static string? Below(string upper, string path)
    {
        var prefix = upper.TrimEnd('/') + "/";
        return path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : null;
    }

    // A frozen view of the target's own tree, say.
    private static bool IsLeftOut(string below, NamePatterns leaveOut) => below.Split('/').Any(name => leaveOut.Match(Encoding.UTF8.GetBytes(name)));
}

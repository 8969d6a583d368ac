using System.Collections.Immutable;
using System.Text;
using QSplit.Scripts;
using QSplit.Trees;

namespace QSplit.Preflights;

/// <summary>A file system that is mounted below the source or the target of a host.</summary>
/// <param name="Path">Below the source or the target.</param>
/// <param name="Type">As the system calls it: <c>ext4</c>.</param>
internal sealed record NestedMount(bool InTarget, string Path, string Type)
{
    // POSIX has no list of mounts; Linux has proc_pid_mountinfo(5), with blanks and backslashes as \040. An automount that was not used yet is left out.
    private const string Text = """
        plain() { plain=$1; case $1 in *\\*) plain=$(printf %b "$(printf %s "$1" | sed 's/\\\([0-7]\{3\}\)/\\0\1/g')");; esac; }
        # What is mounted, from the device number, the root in the file system, and the fields behind the mount point.
        origin() {
          type=${3#* - }; from=${type#* } type=${type%% *}; from=${from%% *} system=$1 path=$2
          case $type,$from in nfs*:/*) system=${from%%:/*} path=/${from#*:/};; esac
          plain "$path"; path=${plain%/}
        }
        mounts() {
          root=$(cd -P -- "$2" 2>/dev/null && pwd -P) || return 0
          prefix=${root%/}/
          while read -r _ _ device in at rest; do
            plain "$at"; at=$plain
            case $at in "$prefix"*) ;; *) continue;; esac
            origin "$device" "$in" "$rest"
            [ "$type" != autofs ] || continue
            name=${at#"$prefix"}
            say mount "$1" "$type" "$name"
            say place "$system" "${path:-/}"
            if [ "$1" = t ] && { [ -e "$source/$name" ] || [ -L "$source/$name" ]; }; then say planned; fi
            ls -A -- "$at" 2>/dev/null | head -n 4 | while IFS= read -r name; do
              if [ -e "$at/$name" ] || [ -L "$at/$name" ]; then say within "$name"; fi
            done
          done </proc/self/mountinfo
        }
        """;

    // A directory on another device than the one it lies in is mounted, or of a file system that another host has whole.
    private const string LookText = """
        device() { stat -c %d -- "$1" 2>/dev/null; }
        sees() {
          number=$1 at=$2; shift 2
          for name; do if [ -e "$at/$name" ] || [ -L "$at/$name" ]; then say sees "$number"; return; fi; done
          [ "$(device "$at/.")" = "$(device "$at/..")" ] || say sees "$number"
        }
        """;

    /// <summary>Names of some entries in it.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>What is mounted there; null where that is not known.</summary>
    public TreePlace? Place { get; init; }

    /// <summary>Of one in the target: whether the source has an entry by its path.</summary>
    public bool IsPlanned { get; init; }

    /// <summary>
    /// Whether a host that lacks it would miss or misplace something. What is empty on the source is no loss, and names that are left out do
    /// not count.
    /// </summary>
    /// <param name="leaveOut">Names of directories that are not copied.</param>
    public bool Matters(NamePatterns leaveOut) =>
        (InTarget || !Names.IsEmpty)
        && !Path.Contains('\uFFFD', StringComparison.Ordinal)
        && !Path.Split('/').Any(name => leaveOut.Match(Encoding.UTF8.GetBytes(name)));

    /// <summary>
    /// Says <c>mount s|t TYPE PATH</c> for each mount, and after it <c>place FILE-SYSTEM PATH</c>, <c>planned</c> where that holds, and
    /// <c>within NAME</c> for some of its entries.
    /// </summary>
    public static ScriptText Ask(ScriptText text, string source, string? target)
    {
        text = text.Line(Text).Set("source", source).Line("mounts s \"$source\"");
        return target is null ? text : text.Set("target", target).Line("mounts t \"$target\"");
    }

    /// <summary>A script that says <c>sees N</c> for each of these that is seen, by its number from 1.</summary>
    public static Script Look(IEnumerable<NestedMount> mounts, Func<bool, string> root)
    {
        var text = new ScriptText().Line(LookText);
        foreach (var (index, mount) in mounts.Index())
            text = text.Parameters([$"{index + 1}", $"{root(mount.InTarget)}/{mount.Path}", .. mount.Names]).Line("sees \"$@\"");
        return Script.Of(text.Line("true"));
    }

    /// <summary>Reads what <see cref="Ask"/> says.</summary>
    public static ImmutableArray<NestedMount> After(ImmutableArray<NestedMount> mounts, string word, string rest) => word switch
    {
        "mount" when rest.Split(' ', 3) is [var tree, var type, var path] => mounts.Add(new(tree == "t", path, type)),
        "within" when !mounts.IsEmpty && !rest.Contains('\uFFFD', StringComparison.Ordinal) =>
            mounts.SetItem(mounts.Length - 1, mounts[^1] with { Names = mounts[^1].Names.Add(rest) }),
        "place" when !mounts.IsEmpty && TreePlace.Of(rest) is { } place => mounts.SetItem(mounts.Length - 1, mounts[^1] with { Place = place }),
        "planned" when !mounts.IsEmpty => mounts.SetItem(mounts.Length - 1, mounts[^1] with { IsPlanned = true }),
        _ => mounts,
    };
}

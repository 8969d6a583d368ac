using QSplit.Trees;

namespace QSplit.Scripts;

/// <summary>Asks how much room a file system has.</summary>
internal static class RoomQuestion
{
    /// <summary>The exit code of a script that found less room than it needs, or could not tell.</summary>
    public const int NoRoom = 95;

    // The column before the one that is a number with a percent sign: names of devices may have blanks in them.
    private const string Text = """
        room() {
          [ -d "$1" ] || return 0
          last=0
          for word in $(df -Pk "$1" | sed -n '$p'); do
            case $word in *[!0-9]*%) ;; *%) say room "$last"; [ "$last" -ge "$2" ]; return;; esac
            last=$word
          done
          return 1
        }
        """;

    // Less than so many KiB is as good as nothing: a file system keeps some for itself.
    private const string IsLeftText = """
        needed() {
          for path; do
            [ -f "$source/$path" ] && [ ! -L "$source/$path" ] || continue
            set -- $(LC_ALL=C ls -lnd -- "$source/$path")
            echo $((${5:-0} / 1024 + 1024)); return
          done
          echo 1024
        }
        inodes() { case $(df -Pi "$1" 2>/dev/null | sed -n '$p') in *" 0 100% "*) return 1;; esac; }
        """;

    /// <summary>
    /// A script that ends with 0 when the file system of a directory has room for one more entry, and with <see cref="NoRoom"/> when it has not.
    /// </summary>
    /// <param name="failed">Entries for which space or a quota ran out, below the source: the first that is a file says how much room is needed.</param>
    public static Script IsLeft(string target, string source, IEnumerable<EntryPath> failed) => Script.Of(new ScriptText()
        .Line(Text)
        .Line(IsLeftText)
        .Set("place", target)
        .Set("source", source)
        .Parameters(failed)
        .Line($"""room "$place" "$(needed "$@")" && inodes "$place" || finish {NoRoom}"""));

    /// <summary>Ends the script with <see cref="NoRoom"/> when the file system of <paramref name="directory"/> has less than that available; says <c>room KIBIBYTES</c>.</summary>
    public static ScriptText RequireRoom(this ScriptText text, string directory, long bytes) => text
        .Line(Text)
        .Set("place", directory)
        .Line($"""room "$place" {(bytes + 1023) / 1024} || finish {NoRoom}""");
}

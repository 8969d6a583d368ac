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

    /// <summary>Ends the script with <see cref="NoRoom"/> when the file system of <paramref name="directory"/> has less than that available; says <c>room KIBIBYTES</c>.</summary>
    public static ScriptText RequireRoom(this ScriptText text, string directory, long bytes) => text
        .Line(Text)
        .Set("place", directory)
        .Line($"""room "$place" {(bytes + 1023) / 1024} || finish {NoRoom}""");
}

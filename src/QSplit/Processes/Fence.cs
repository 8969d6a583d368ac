using System.Collections.Immutable;

namespace QSplit.Processes;

/// <summary>
/// Ends a program when this process ends, however it ends: <c>kill -9</c> leaves nothing behind. A small POSIX shell script hands
/// the program its list, then watches standard input, which this process holds open; its end (the kernel sees to it) ends the program.
/// </summary>
/// <remarks>The same script serves over ssh, where killing the client leaves the remote program running otherwise.</remarks>
public static class Fence
{
    // $1: how many bytes of standard input are the list; $2: seconds between asking and killing; then the program with its arguments.
    // The guard, which passes the list on (a second reader would steal from it), tells its process id first, and stays: when its input ends, it
    // asks the shell to end. The runner starts the program, ends it when asked, and ends the guard behind it, and those who wait to kill the program:
    // its process id may be another's by then.
    // Loops around `wait`: a signal interrupts it, and dash waits for a whole pipeline, which is why the program is a job of the runner's own.
    private const string Script = """
        list=$1 grace=$2; shift 2
        exec 3<&0 </dev/null
        { sh -c 'echo $PPID'; head -c "$list"; exec >/dev/null; while read -r _; do :; done; kill -TERM $$; } <&3 3<&- 2>/dev/null | {
          read -r guard
          exec 4<&0 3<&-
          "$@" <&4 4<&- &
          mover=$!
          exec 4<&-
          killers=
          trap 'kill -TERM $mover 2>/dev/null; { sleep "$grace"; kill -KILL $mover; } >/dev/null 2>&1 & killers="$killers $!"' TERM
          while wait $mover; code=$?; kill -0 $mover 2>/dev/null; do :; done
          kill -KILL $guard $killers 2>/dev/null
          exit $code
        } &
        runner=$!
        exec 3<&-
        trap 'kill -TERM $runner 2>/dev/null' HUP INT TERM
        while wait $runner; code=$?; kill -0 $runner 2>/dev/null; do :; done
        exit $code
        """;

    private const int GraceSeconds = 5;

    /// <summary>The command that runs <paramref name="program"/> fenced, its standard input being <paramref name="list"/>.</summary>
    public static Command Around(
        ImmutableArray<string> program, ReadOnlyMemory<byte> list, ImmutableDictionary<string, string> environment) =>
        new("/bin/sh", ["-c", Script, "qsplit-fence", $"{list.Length}", $"{GraceSeconds}", .. program], list, true, environment);
}

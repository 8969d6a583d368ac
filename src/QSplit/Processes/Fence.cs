using System.Collections.Immutable;

namespace QSplit.Processes;

/// <summary>
/// Ends a program when this process ends, however it ends: <c>kill -9</c> leaves nothing behind. A small POSIX shell script hands
/// the program its list, then watches standard input, which this process holds open; its end (the kernel sees to it) ends the program.
/// </summary>
/// <remarks>The same script serves over ssh, where killing the client leaves the remote program running otherwise.</remarks>
internal static class Fence
{
    // $1: how many bytes of standard input are the list; $2: seconds between asking and killing; then the program with its arguments.
    // The guard, which passes the list on (a second reader would steal from it), tells its process id first, and stays: when its input ends, it
    // asks the shell to end. The runner starts the program, ends it when asked, and ends the guard behind it, and those who wait to kill the program:
    // its process id may be another's by then.
    // Loops around `wait`: a signal interrupts it, and dash waits for a whole pipeline, which is why the program is a job of the runner's own.
    // The shell's own words ("Terminated") are nobody's: standard error is the program's alone.
    // Traps come before what they are to end, and `ended` tells of a signal that came in between. A signal to a shell that was forked just now is
    // lost (dash still has its parent's handlers), so the runner is asked again each second, and what was not asked in time is killed.
    private const string Script = """
        list=$1 grace=$2 runner= ended= ender=; shift 2
        end() {
          ended=1
          [ "$ender" ] || [ -z "$runner" ] || { { while kill -TERM $runner; do sleep 1; done; } 4>&- & ender=$!; }
        }
        trap end HUP INT TERM
        exec 3<&0 4>&2 </dev/null 2>/dev/null
        { sh -c 'echo $PPID'; head -c "$list"; exec >/dev/null; while read -r _; do :; done; kill -TERM $$; } <&3 3<&- 4>&- | {
          mover= ended= killer=
          end() {
            ended=1
            [ "$killer" ] || [ -z "$mover" ] || { { kill -TERM $mover; sleep "$grace"; kill -KILL $mover; } >/dev/null 4>&- & killer=$!; }
          }
          trap end TERM
          read -r guard
          exec 5<&0 3<&-
          "$@" <&5 5<&- 2>&4 4>&- &
          mover=$!
          exec 5<&-
          [ "$ended" ] && end
          while wait $mover; code=$?; kill -0 $mover; do :; done
          kill -KILL $guard $killer
          exit $code
        } &
        runner=$!
        exec 3<&-
        [ "$ended" ] && end
        while wait $runner; code=$?; kill -0 $runner; do :; done
        [ "$ender" ] && kill -KILL $ender
        exit $code
        """;

    private const int GraceSeconds = 5;

    /// <summary>The command that runs <paramref name="program"/> fenced, its standard input being <paramref name="list"/>.</summary>
    public static Command Around(
        ImmutableArray<string> program, ReadOnlyMemory<byte> list, ImmutableDictionary<string, string> environment) =>
        new("/bin/sh", ["-c", Script, "qsplit-fence", $"{list.Length}", $"{GraceSeconds}", .. program], list, true, environment);
}
